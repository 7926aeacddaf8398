//! Forms that bring files: their token first, no more fields and bytes than are allowed, whole or not at all.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::browser::Browser;
use crate::carrier::{Computer, upload};

/// A form that begins with its token, on a computer that has no desk yet; and what is sent to it.
async fn begin() -> (Computer, Browser, String) {
    let computer = Computer::begin().await;
    let browser = computer.browser().await;
    let token = browser.get("/join").await.token();
    (computer, browser, token)
}

/// Sends these bytes as the body of a form with files, and gives the status; 0 where the line was cut.
async fn raw(browser: &Browser, path: &str, body: &[u8]) -> u16 {
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: {}\r\nOrigin: {}\r\nCookie: {}\r\nConnection: close\r\n\
         Content-Type: multipart/form-data; boundary=edge\r\nContent-Length: {}\r\n\r\n",
        browser.host,
        browser.origin.as_deref().unwrap(),
        browser.cookie.as_deref().unwrap(),
        body.len()
    );
    let mut stream = TcpStream::connect(("127.0.0.1", browser.port)).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    let _cut = stream.write_all(body).await;
    let mut said = Vec::new();
    let _cut = stream.read_to_end(&mut said).await;
    let said = String::from_utf8_lossy(&said).into_owned();
    said.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0)
}

fn field(name: &str, value: &[u8]) -> Vec<u8> {
    let head = format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n");
    [head.as_bytes(), value, b"\r\n"].concat()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_read_of_a_form_whose_first_field_is_not_its_token() {
    let (computer, browser, token) = begin().await;
    let way = "/join/invitation";
    // The right words under another name, and in the place of the token a file that holds it.
    assert_eq!(upload(&browser, way, &[("lines", &token)], &[]).await.status, 403);
    assert_eq!(upload(&browser, way, &[], &[("invitation", token.as_bytes())]).await.status, 403);
    assert_eq!(raw(&browser, way, b"--edge--\r\n").await, 403, "no field at all");
    assert_eq!(
        raw(&browser, way, &[&field("token", &[0xff, 0xfe])[..], b"--edge--\r\n"].concat()).await,
        403
    );
    computer.pages.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_has_as_many_fields_as_it_may_and_each_as_many_bytes() {
    let (computer, browser, token) = begin().await;
    let names: Vec<String> = (0..80).map(|n| format!("f{n}")).collect();
    let with = |count: usize| {
        let mut fields = vec![("token", token.as_str())];
        fields.extend(names.iter().take(count).map(|name| (name.as_str(), "x")));
        fields
    };
    let way = "/join/invitation";
    // 422: it was read, and is no invitation.
    assert_eq!(upload(&browser, way, &with(60), &[]).await.status, 422);
    assert_eq!(upload(&browser, way, &with(70), &[]).await.status, 400);
    let long = "x".repeat(64 * 1024);
    assert_eq!(upload(&browser, way, &[("token", &token), ("lines", &long)], &[]).await.status, 422);
    let longer = format!("{long}x");
    let refused = upload(&browser, way, &[("token", &token), ("lines", &longer)], &[]).await;
    // A server that refuses reads no further, and the line may be cut before its answer is read.
    assert!(matches!(refused.status, 413 | 0), "{}", refused.status);
    let whole = [field("token", token.as_bytes()), field("lines", b"\xff\xfe"), b"--edge--\r\n".to_vec()];
    assert_eq!(raw(&browser, way, &whole.concat()).await, 400, "text is UTF-8");
    // A small file may be larger than a form without files, and no larger than a small file is.
    let file = vec![b'x'; 2 << 20];
    assert_eq!(upload(&browser, way, &[("token", &token)], &[("invitation", &file)]).await.status, 422);
    let file = vec![b'x'; 5 << 20];
    let refused = upload(&browser, way, &[("token", &token)], &[("invitation", &file)]).await;
    assert!(matches!(refused.status, 413 | 0), "{}", refused.status);
    computer.pages.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_that_ends_too_early_is_not_read_and_a_files_name_is_nobodys_path() {
    let (computer, browser, token) = begin().await;
    let way = "/join/invitation";
    let token = field("token", token.as_bytes());
    let cut = [&token[..], b"--edge\r\nContent-Disposition: form-data; name=\"lines\"\r\n\r\nhalf"].concat();
    assert_eq!(raw(&browser, way, &cut).await, 400, "it has no end");
    assert_eq!(raw(&browser, way, &token).await, 400, "the last edge is missing");
    assert_eq!(raw(&browser, way, b"").await, 400);
    let before = files(computer.folder.path());
    for name in ["../../stolen", "/tmp/stolen", "..\\\\stolen", "home.key\0"] {
        let head = format!(
            "--edge\r\nContent-Disposition: form-data; name=\"invitation\"; filename=\"{name}\"\r\n\r\nx\r\n"
        );
        let sent = [&token[..], head.as_bytes(), b"--edge--\r\n"].concat();
        assert!(matches!(raw(&browser, way, &sent).await, 400 | 422), "{name}");
    }
    assert_eq!(files(computer.folder.path()), before, "what is sent is in no file");
    computer.pages.stop().await.unwrap();
}

/// Every file below a folder.
fn files(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort_unstable();
    found
}

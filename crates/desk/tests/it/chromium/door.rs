//! What a real browser gives to other programs of this computer, and keeps on the screen.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use super::Window;
use super::window::is_there;
use crate::browser::Site;

/// Another program of this computer that serves pages: what it hears of each request.
fn neighbour() -> (u16, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let (tell, heard) = channel();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
            let head: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
            let body = "<!doctype html><title>a</title><img src='/steal' alt=''>";
            let length = body.len();
            let _gone = write!(
                stream,
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}"
            );
            if tell.send(head.join("\n")).is_err() {
                return;
            }
        }
    });
    (port, heard)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn other_programs_of_this_computer_get_no_cookie_of_the_pages() {
    if !is_there() {
        return;
    }
    let site = Site::begin().await;
    let window = Window::begin(&site).await;
    window.go("/situation").await;
    let (port, heard) = neighbour();
    for host in ["127.0.0.1", "localhost", "other.localhost"] {
        window.go_to(&format!("http://{host}:{port}/")).await;
    }
    let mut stolen = 0;
    while let Ok(head) = heard.recv_timeout(Duration::from_secs(2)) {
        assert!(!head.to_lowercase().contains("counterseal"), "{head}");
        stolen += usize::from(head.starts_with("GET /steal"));
    }
    assert!(stolen >= 3, "the neighbour's own picture was asked for {stolen} times");
    window.go("/situation").await;
    window.wait(".state").await;
}

/// The note is typed, and whoever wrote it is called away for a while.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn before_the_desk_locks_itself_the_page_says_so_and_one_press_keeps_what_is_typed() {
    if !is_there() {
        return;
    }
    let site = Site::begin_with(Duration::from_secs(40), |_| ()).await;
    let window = Window::begin(&site).await;
    window.go("/shift").await;
    assert_eq!(window.count("noscript").await, 1);
    window.fill("textarea[name=text]", "Bouca: generator down").await;
    assert_eq!(window.count(".soon:not([hidden])").await, 0, "it is in use");
    window.wait_long(".soon:not([hidden])").await;
    window.wait_says(".soon", "This desk locks in less than a minute").await;
    window.click(".soon button").await;
    window.wait_gone(".soon:not([hidden])").await;
    assert_eq!(window.path().await, "/shift");
    assert_eq!(
        window.run("return document.querySelector('textarea[name=text]').value").await,
        "Bouca: generator down"
    );
    window.assert_accessible("stay").await;
    window.click("button[name=then][value=stay]").await;
    window.wait("article.note").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_window_that_is_left_alone_shows_nothing_after_the_desk_has_locked_itself() {
    if !is_there() {
        return;
    }
    let site = Site::begin_with(Duration::from_secs(3), |_| ()).await;
    let window = Window::begin(&site).await;
    window.go("/find").await;
    window.wait_path("/unlock").await;
    assert_eq!(window.count(".state").await, 0);
}

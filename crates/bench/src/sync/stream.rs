//! The floor: bytes over one plain TCP stream, and one byte back when all have come.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;

use super::net;
use crate::measure::Watch;
use crate::outcome::Outcome;

pub(super) fn send(file: &Path, to: &str) -> Outcome<()> {
    let bytes = std::fs::read(file)?;
    net::ready()?;
    let watch = Watch::start();
    let mut stream = TcpStream::connect(to)?;
    stream.set_nodelay(true)?;
    stream.write_all(&bytes)?;
    let mut received = [0];
    stream.read_exact(&mut received)?;
    println!("{}", watch.seconds());
    Ok(())
}

pub(super) fn receive(listen: &str, bytes: u64) -> Outcome<()> {
    let listener = TcpListener::bind(listen)?;
    // Ready while it listens: whoever waits reads this line, and nothing more is asked of it.
    println!("ready");
    let (mut stream, _) = listener.accept()?;
    let came = std::io::copy(&mut (&mut stream).take(bytes), &mut std::io::sink())?;
    if came != bytes {
        return Err(format!("{came} bytes came, of {bytes}").into());
    }
    stream.write_all(&[1])?;
    Ok(())
}

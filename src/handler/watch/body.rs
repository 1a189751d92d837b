//! A response body that is fed from a task.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use hyper::body::{Body, Frame};
use tokio::sync::mpsc::Receiver;

/// What the task has sent so far; the body ends when the task drops its end. Dropping the body tells the task.
pub(super) struct Frames(Receiver<Bytes>);

impl Frames {
    /// A body of what comes through a channel.
    pub(super) fn new(receiver: Receiver<Bytes>) -> Self {
        Self(receiver)
    }
}

impl Body for Frames {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        self.0.poll_recv(context).map(|bytes| bytes.map(|bytes| Ok(Frame::data(bytes))))
    }
}

//! The listener: connections in, until the server is told to stop; then a graceful end.

use std::sync::Arc;
use std::time::Duration;

use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};

use super::{Api, service};

/// How long requests that are under way may take to finish once the server stops.
const DRAIN: Duration = Duration::from_secs(30);

/// How long a client may take to send the head of a request.
const HEAD: Duration = Duration::from_secs(30);

/// Serves until `stop` completes and what is under way has ended; false when something had not ended in time.
/// `stopping` is called first, so that streams end and readiness fails.
pub(super) async fn listen(api: Arc<Api>, listener: TcpListener, stop: impl Future<Output = ()>, stopping: impl FnOnce()) -> bool {
    let graceful = GracefulShutdown::new();
    let mut stop = std::pin::pin!(stop);
    loop {
        tokio::select! {
            () = &mut stop => break,
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => connection(Arc::clone(&api), stream, &graceful),
                Err(error) => {
                    // Out of file handles, most likely: waiting lets some come back.
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
            },
        }
    }
    drop(listener);
    stopping();
    tracing::info!("stopping: no new connections, finishing what is under way");
    tokio::time::timeout(DRAIN, graceful.shutdown()).await.is_ok()
}

/// Serves one connection in its own task.
fn connection(api: Arc<Api>, stream: TcpStream, graceful: &GracefulShutdown) {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "delays stay on for a connection");
    }
    let mut builder = auto::Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(HEAD);
    builder.http2().timer(TokioTimer::new()).max_concurrent_streams(1000).adaptive_window(true);
    let service = service_fn(move |request| service::serve(Arc::clone(&api), request));
    let connection = graceful.watch(builder.serve_connection(TokioIo::new(stream), service).into_owned());
    tokio::spawn(async move {
        if let Err(error) = connection.await {
            tracing::debug!(%error, "a connection ended early");
        }
    });
}

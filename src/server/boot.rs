//! From a description of an API and a command line to a running server.

use std::fmt;
use std::io::IsTerminal;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{CommandFactory, FromArgMatches};
use kubewright_model::{Enabled, Facts, Kind};
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::{Api, listen};
use crate::cache::{Cache, Decode};
use crate::connect::{Connect, Connectors};
use crate::discovery::Discovery;
use crate::openapi::OpenApi;
use crate::options::{Options, Serve, Task};
use crate::registry::Registry;
use crate::served::Served;
use crate::store::Store;
use crate::store::embedded::Embedded;
use crate::{batch, describe, intake, kubeconfig, namespace};

/// What a program serves.
#[derive(Clone, Copy, Debug)]
pub struct App {
    /// Name of the set; also that of the kubeconfig's context.
    pub set: &'static str,
    /// Title of the API's documents.
    pub title: &'static str,
    /// Release that the set describes, such as `1.36`.
    pub release: &'static str,
    /// What its documents say besides types and resources; [`PLAIN`](kubewright_model::facts::PLAIN) is nothing.
    pub facts: &'static Facts,
    /// Adds the kinds.
    pub install: fn(&mut Registry),
}

/// Why a server does not start, or did not end well.
#[derive(Debug)]
pub struct Failure(String);

impl Failure {
    fn of<E: fmt::Display>(what: impl fmt::Display) -> impl FnOnce(E) -> Self {
        move |error| Self(format!("{what}: {error}"))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Failure {}

/// A server that listens but does not serve yet.
pub struct Server {
    api: Arc<Api>,
    listener: TcpListener,
    address: SocketAddr,
    stop: watch::Sender<bool>,
}

impl Server {
    /// Opens the store, fills the caches, creates the namespaces that every server has, and listens.
    pub async fn bind(app: &App, options: &Serve) -> Result<Self, Failure> {
        let store = Embedded::open(&options.data).map_err(Failure::of(format!("store in {}", options.data.display())))?;
        let listener = TcpListener::bind(options.listen).await.map_err(Failure::of(format!("listening on {}", options.listen)))?;
        Self::with(app, options, Arc::new(store), listener).await
    }

    /// As [`Server::bind`], over a store and a listener that are there already.
    pub async fn with(app: &App, options: &Serve, store: Arc<dyn Store>, listener: TcpListener) -> Result<Self, Failure> {
        let mut registry = Registry::default();
        (app.install)(&mut registry);
        registry.switch_gates(&options.feature_gates()).map_err(Failure::of("feature-gates"))?;
        let registry = Arc::new(registry);
        let (served, warnings) = Served::new(&registry, &options.runtime_config()).map_err(Failure::of("flags"))?;
        let served = served.in_order(app.facts);
        for warning in warnings {
            tracing::warn!("{warning}");
        }
        let address = listener.local_addr().map_err(Failure::of("listening"))?;
        let caches = caches(&registry, &store).await?;
        let discovery = Discovery::new(&registry, &served, app.facts, &address.to_string());
        let openapi = OpenApi::with_profile(documented(app, &registry, &served), app.facts.live);
        let (stop, stopping) = watch::channel(false);
        let (set, title, release) = (app.set.to_owned(), app.title.to_owned(), app.release.to_owned());
        let connectors = Connectors::default();
        let api = Arc::new(Api {
            set,
            title,
            release,
            registry,
            store,
            caches,
            facts: app.facts,
            served,
            discovery,
            openapi,
            connectors,
            stopping,
        });
        namespace::ensure_defaults(&api).await.map_err(Failure::of("default namespaces"))?;
        Ok(Self { api, listener, address, stop })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Makes `connector` answer for a subresource that connects, or for a kind that is only posted: `pods/exec`, `tokenreviews`. Paths that the
    /// set states besides resources are of no group, and named as they are: `/openid/v1/jwks`.
    pub fn connect(&self, group: &str, resource: &str, connector: impl Connect + 'static) {
        self.api.connectors.add(group, resource, connector);
    }

    /// What requests share.
    pub fn api(&self) -> &Arc<Api> {
        &self.api
    }

    /// Serves until `until` completes, then ends gracefully.
    pub async fn run(self, until: impl Future<Output = ()>) -> Result<(), Failure> {
        let stop = self.stop;
        tokio::spawn(namespace::run(Arc::clone(&self.api)));
        // The receivers are gone only when nobody is left to tell.
        let stopping = || _ = stop.send_replace(true);
        let drained = listen::listen(self.api, self.listener, until, stopping).await;
        if drained { Ok(()) } else { Err(Failure("some requests did not finish in time".to_owned())) }
    }
}

/// What the documents describe: everything that is served, but for kinds past their removal.
fn documented(app: &App, registry: &Registry, served: &Served) -> kubewright_model::Api {
    let published = |kind: &Kind| kind.enabled != Enabled::Removed && served.lookup(&kind.group, &kind.version, &kind.plural).is_some();
    let (title, version, facts) = (app.title.into(), app.release.into(), app.facts.clone());
    kubewright_model::Api { title, version, facts, ..describe::api(registry, published) }
}

/// A cache for each resource, all filled.
async fn caches(registry: &Arc<Registry>, store: &Arc<dyn Store>) -> Result<Vec<Arc<Cache>>, Failure> {
    let mut caches = Vec::new();
    for (at, resource) in registry.resources.iter().enumerate() {
        let known = Arc::clone(registry);
        let decode: Decode = Arc::new(move |entry| intake::decode_stored(&known.resources[at], entry));
        let prefix = intake::prefix(resource, "");
        let cache = Cache::start(Arc::clone(store), prefix, decode).await.map_err(Failure::of(format!("objects of {}", resource.key)))?;
        caches.push(cache);
    }
    Ok(caches)
}

/// The whole life of a server process: reads the command line, serves until SIGTERM or SIGINT, and ends.
/// Exit codes: 0 ended as told, 1 failure, 2 usage.
pub fn main(app: App) -> ExitCode {
    let command = Options::command()
        .name(app.set)
        .bin_name(format!("{}-server", app.set))
        .about(format!("Serves the {} API, release {}.", app.title, app.release));
    let options = match command.try_get_matches().and_then(|matches| Options::from_arg_matches(&matches)) {
        Ok(options) => options.task(),
        Err(error) => {
            // Nobody can be told when the terminal is gone.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let options = match options {
        Task::Serve(options) => options,
        Task::Convert(options) => {
            let mut registry = Registry::default();
            (app.install)(&mut registry);
            return batch::run(&registry, &options);
        }
    };
    log();
    let done = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(Failure::of("threads"))
        .and_then(|runtime| runtime.block_on(serve(&app, &options)));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}

/// Logs to standard error; `RUST_LOG` says how much.
fn log() {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info"));
    // A program that has set up its own log keeps it.
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .try_init();
}

async fn serve(app: &App, options: &Serve) -> Result<(), Failure> {
    let told = signals()?;
    let server = Server::bind(app, options).await?;
    let url = format!("http://{}", server.address());
    kubeconfig::write(&options.kubeconfig, app.set, &url).map_err(Failure::of(format!("kubeconfig {}", options.kubeconfig.display())))?;
    announce(&url).map_err(Failure::of("standard output"))?;
    server.run(told).await
}

/// The one line on standard output.
fn announce(url: &str) -> std::io::Result<()> {
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    writeln!(out, "listening on {url}")?;
    out.flush()
}

/// Completes at the first SIGTERM or SIGINT.
fn signals() -> Result<impl Future<Output = ()>, Failure> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate()).map_err(Failure::of("signals"))?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(Failure::of("signals"))?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

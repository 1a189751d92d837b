//! The kubeconfig that leads clients to a server.

use std::io;
use std::path::Path;

use serde_json::json;

use crate::codec::yaml;

/// Writes a kubeconfig with one cluster, user and context, all named `name`. The file is replaced as a whole, or not at all.
pub fn write(path: &Path, name: &str, server: &str) -> io::Result<()> {
    let text = yaml::emit::document(&json!({
        "apiVersion": "v1",
        "kind": "Config",
        "clusters": [{"name": name, "cluster": {"server": server}}],
        "users": [{"name": name, "user": {}}],
        "contexts": [{"name": name, "context": {"cluster": name, "user": name}}],
        "current-context": name,
        "preferences": {},
    }));
    let directory = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(directory)?;
    let mut draft = path.as_os_str().to_owned();
    draft.push(format!(".{}", std::process::id()));
    std::fs::write(&draft, text)?;
    std::fs::rename(&draft, path).inspect_err(|_| {
        // The draft is of no use to anyone; the error of the rename is what counts.
        let _ = std::fs::remove_file(&draft);
    })
}

#[cfg(test)]
mod tests {
    use super::{write, yaml};

    #[test]
    fn the_context_names_the_set() {
        let directory = tempfile::tempdir().expect("a directory");
        let path = directory.path().join("deep/kubeconfig");
        for server in ["http://127.0.0.1:1", "http://127.0.0.1:2"] {
            write(&path, "wardle", server).expect("written");
            let config = yaml::to_json(&std::fs::read(&path).expect("a file")).expect("YAML");
            assert_eq!(config["clusters"][0]["cluster"]["server"], server);
            assert_eq!((&config["current-context"], &config["contexts"][0]["name"]), (&"wardle".into(), &"wardle".into()));
        }
        assert_eq!(std::fs::read_dir(path.parent().expect("parent")).expect("a directory").count(), 1);
    }
}

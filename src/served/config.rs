//! The grammar of `--runtime-config`: what is switched on and off.

use std::collections::BTreeMap;

use super::Level;

/// Switches, the more specific winning over the more general. Source: the Kubernetes page "kube-apiserver", flag `--runtime-config`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RuntimeConfig {
    all: Option<bool>,
    levels: BTreeMap<&'static str, bool>,
    /// By group and version.
    pub(super) versions: BTreeMap<(String, String), bool>,
    /// By group, version and plural.
    pub(super) resources: BTreeMap<(String, String, String), bool>,
}

/// A text that is no switch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError(pub String);

impl std::fmt::Display for ConfigError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ConfigError {}

impl RuntimeConfig {
    /// Reads `KEY=VALUE,...`. Keys: `api/all`, `api/ga`, `api/beta`, `api/alpha`, `GROUP/VERSION`, `GROUP/VERSION/PLURAL`, and `v1`, `/v1` or
    /// `api/v1` for the core group. An empty value means true; of repeated keys the last holds.
    pub fn parse(text: &str) -> Result<Self, ConfigError> {
        let mut config = Self::default();
        for entry in text.split(',').map(str::trim).filter(|entry| !entry.is_empty()) {
            let (key, value) = entry.split_once('=').unwrap_or((entry, ""));
            config.set(key.trim(), value.trim())?;
        }
        Ok(config)
    }

    /// These switches and, winning, `later`.
    pub fn merge(mut self, later: &Self) -> Self {
        self.all = later.all.or(self.all);
        self.levels.extend(later.levels.iter().map(|(level, on)| (*level, *on)));
        self.versions.extend(later.versions.iter().map(|(key, on)| (key.clone(), *on)));
        self.resources.extend(later.resources.iter().map(|(key, on)| (key.clone(), *on)));
        self
    }

    fn set(&mut self, key: &str, value: &str) -> Result<(), ConfigError> {
        let on = switch(key, value)?;
        match key.split('/').collect::<Vec<_>>().as_slice() {
            ["api", "all"] => self.all = Some(on),
            ["api", "ga"] => self.set_level("ga", on),
            ["api", "beta"] => self.set_level("beta", on),
            ["api", "alpha"] => self.set_level("alpha", on),
            ["" | "api", version] | [version] if !version.is_empty() => self.set_version("", version, on),
            [group, version] if !version.is_empty() => self.set_version(group, version, on),
            ["" | "api", version, plural] if !version.is_empty() && !plural.is_empty() => self.set_resource("", version, plural, on),
            [group, version, plural] if !version.is_empty() && !plural.is_empty() => self.set_resource(group, version, plural, on),
            _ => return Err(ConfigError(format!("runtime-config: {key:?} is not group/version or group/version/resource"))),
        }
        Ok(())
    }

    fn set_level(&mut self, level: &'static str, on: bool) {
        self.levels.insert(level, on);
    }

    fn set_version(&mut self, group: &str, version: &str, on: bool) {
        self.versions.insert((group.to_owned(), version.to_owned()), on);
    }

    fn set_resource(&mut self, group: &str, version: &str, plural: &str, on: bool) {
        self.resources.insert((group.to_owned(), version.to_owned(), plural.to_owned()), on);
    }

    /// What the switch of this very resource or group-version says.
    pub(super) fn named(&self, group: &str, version: &str, plural: &str) -> Option<bool> {
        let resource = self.resources.get(&(group.to_owned(), version.to_owned(), plural.to_owned()));
        resource.or_else(|| self.versions.get(&(group.to_owned(), version.to_owned()))).copied()
    }

    /// What the switches of whole levels say.
    pub(super) fn level(&self, level: Level) -> Option<bool> {
        let name = match level {
            Level::Alpha => "alpha",
            Level::Beta => "beta",
            Level::Stable => "ga",
        };
        self.levels.get(name).copied().or(self.all)
    }
}

fn switch(key: &str, value: &str) -> Result<bool, ConfigError> {
    match value {
        "" | "true" => Ok(true),
        "false" => Ok(false),
        other => Err(ConfigError(format!("runtime-config: {key}={other}: expected true or false"))),
    }
}

#[cfg(test)]
mod tests {
    use super::RuntimeConfig;

    #[test]
    fn refused_texts_say_why() {
        let cases = [
            ("apps/v1=yes", "runtime-config: apps/v1=yes: expected true or false"),
            ("api/all=1", "runtime-config: api/all=1: expected true or false"),
            ("apps/=true", "runtime-config: \"apps/\" is not group/version or group/version/resource"),
            ("a/b/c/d=true", "runtime-config: \"a/b/c/d\" is not group/version or group/version/resource"),
        ];
        for (text, want) in cases {
            assert_eq!(RuntimeConfig::parse(text).expect_err(text).0, want);
        }
    }

    #[test]
    fn the_core_group_has_three_spellings() {
        let want = RuntimeConfig::parse("api/v1=false").expect("valid");
        for text in ["v1=false", "/v1=false", "v1=true, v1=false"] {
            assert_eq!(RuntimeConfig::parse(text).as_ref(), Ok(&want), "{text}");
        }
    }
}

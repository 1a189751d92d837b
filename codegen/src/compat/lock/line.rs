//! A line of `api.lock`.

use std::fmt;
use std::str::FromStr;

/// A fact. The path comes last, as it may have spaces in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Line {
    /// A release, its day, and the fingerprint of its schemas.
    Release {
        /// Such as `1.2`.
        release: String,
        /// Such as `2026-08-01`.
        day: String,
        /// Of the schemas as they were released.
        digest: String,
    },
    /// The first release with something.
    Seen {
        /// What: a version, kind, type, field or value.
        path: String,
        /// The release.
        release: String,
    },
    /// The first release in which a version or kind was deprecated.
    Deprecated {
        /// What.
        path: String,
        /// The release.
        release: String,
    },
    /// A kind was stored in a version, from a release on.
    Storage {
        /// Group and kind.
        path: String,
        /// The version.
        version: String,
        /// The release.
        release: String,
    },
    /// What was stored in a version of a kind was rewritten.
    Migrated {
        /// The kind in the version.
        path: String,
        /// The release since which nothing is stored in it.
        release: String,
    },
    /// The fingerprint of conversion rules.
    Lens {
        /// Kind or type, and version.
        path: String,
        /// The fingerprint.
        digest: String,
        /// The release.
        release: String,
    },
    /// The number of a field.
    Number {
        /// The field.
        path: String,
        /// Its number.
        number: u64,
    },
    /// A released field that is gone, and its number.
    Gone {
        /// The field.
        path: String,
        /// The number that it had.
        number: u64,
        /// The first release without it.
        release: String,
    },
}

impl Line {
    /// What it is about.
    pub fn path(&self) -> &str {
        match self {
            Self::Release { .. } => "",
            Self::Seen { path, .. }
            | Self::Deprecated { path, .. }
            | Self::Storage { path, .. }
            | Self::Migrated { path, .. }
            | Self::Lens { path, .. }
            | Self::Number { path, .. }
            | Self::Gone { path, .. } => path,
        }
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Release { release, day, digest } => write!(f, "release {release} {day} {digest}"),
            Self::Seen { path, release } => write!(f, "seen {release} {path}"),
            Self::Deprecated { path, release } => write!(f, "deprecated {release} {path}"),
            Self::Storage { path, version, release } => write!(f, "storage {release} {version} {path}"),
            Self::Migrated { path, release } => write!(f, "migrated {release} {path}"),
            Self::Lens { path, digest, release } => write!(f, "lens {release} {digest} {path}"),
            Self::Number { path, number } => write!(f, "number {number} {path}"),
            Self::Gone { path, number, release } => write!(f, "gone {release} {number} {path}"),
        }
    }
}

impl FromStr for Line {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut words = text.splitn(2, ' ');
        let (word, rest) = (words.next().unwrap_or_default(), words.next().ok_or(())?);
        let parts = |count: usize| {
            let parts: Vec<String> = rest.splitn(count, ' ').map(str::to_owned).collect();
            if parts.len() == count && parts.iter().all(|part| !part.is_empty()) { Ok(parts) } else { Err(()) }
        };
        match word {
            "seen" | "deprecated" | "migrated" => {
                let [release, path] = <[String; 2]>::try_from(parts(2)?).map_err(drop)?;
                Ok(match word {
                    "seen" => Self::Seen { path, release },
                    "deprecated" => Self::Deprecated { path, release },
                    _ => Self::Migrated { path, release },
                })
            }
            "number" => {
                let [number, path] = <[String; 2]>::try_from(parts(2)?).map_err(drop)?;
                Ok(Self::Number { path, number: number.parse().map_err(drop)? })
            }
            _ => {
                let [first, second, third] = <[String; 3]>::try_from(parts(3)?).map_err(drop)?;
                match word {
                    "release" => Ok(Self::Release { release: first, day: second, digest: third }),
                    "storage" => Ok(Self::Storage { release: first, version: second, path: third }),
                    "lens" => Ok(Self::Lens { release: first, digest: second, path: third }),
                    "gone" => Ok(Self::Gone { release: first, number: second.parse().map_err(drop)?, path: third }),
                    _ => Err(()),
                }
            }
        }
    }
}

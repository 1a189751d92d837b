//! What rules of fields are made of besides constraints: where below the field they look, and the named forms of text.

use std::fmt;

/// Names of the forms that text can be checked for, and what each is.
pub const FORMS: [(&str, &str); 13] = [
    ("k8s-extended-resource-name", "name of a resource outside of the domain kubernetes.io"),
    ("k8s-ip", "IPv4 or IPv6 address"),
    ("k8s-label-key", "optional domain and name, joined by a slash"),
    ("k8s-label-value", "value of a label"),
    ("k8s-long-name", "lower case DNS subdomain"),
    ("k8s-long-name-caseless", "DNS subdomain in any case"),
    ("k8s-path-segment-name", "fits between two slashes of a path"),
    ("k8s-resource-fully-qualified-name", "domain and C identifier, joined by a slash"),
    ("k8s-resource-pool-name", "DNS subdomains joined by slashes"),
    ("k8s-short-name", "lower case DNS label"),
    ("k8s-short-name-1035", "lower case DNS label that starts with a letter"),
    ("k8s-uuid", "UUID in lower case"),
    ("k8s-uuid-caseless", "UUID in any case"),
];

/// Where below its field a rule looks: `.name`, `[*]`, `[keys]` or `[type=Ready]`, one after the other. Empty for the field itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Target(pub Vec<Step>);

/// One step of a [`Target`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// `.name`: a field of the message.
    Field(String),
    /// `[*]`: each item of a list, each value of a map.
    Each,
    /// `[keys]`: each key of a map.
    Keys,
    /// `[type=Ready,port=1]`: the items whose fields have these values.
    Item(Vec<(String, String)>),
}

/// A text is no target; says why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TargetError(String);

impl fmt::Display for TargetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for TargetError {}

impl std::str::FromStr for Target {
    type Err = TargetError;

    fn from_str(text: &str) -> Result<Self, TargetError> {
        let mut steps = Vec::new();
        let mut rest = text;
        while !rest.is_empty() {
            let (step, after) = match rest.strip_prefix('[') {
                Some(inner) => bracket(inner)?,
                None => field(rest)?,
            };
            steps.push(step);
            rest = after;
        }
        if let Some(at) = steps.iter().position(|step| *step == Step::Keys).filter(|at| at + 1 < steps.len()) {
            return Err(TargetError(format!(
                "nothing lies below the keys of a map, but {} does not end with `[keys]`",
                Self(steps.split_off(at))
            )));
        }
        Ok(Self(steps))
    }
}

fn field(text: &str) -> Result<(Step, &str), TargetError> {
    let body = text.strip_prefix('.').unwrap_or_default();
    let end = body.find(['.', '[']).unwrap_or(body.len());
    if end == 0 {
        return Err(TargetError(format!("expected `.name` or `[...]`, found `{text}`")));
    }
    Ok((Step::Field(body[..end].to_owned()), &body[end..]))
}

fn bracket(text: &str) -> Result<(Step, &str), TargetError> {
    let (inner, after) = text.split_once(']').ok_or_else(|| TargetError(format!("`[{text}` is not closed")))?;
    let step = match inner {
        "*" => Step::Each,
        "keys" => Step::Keys,
        _ => Step::Item(inner.split(',').map(pair).collect::<Result<_, _>>()?),
    };
    Ok((step, after))
}

fn pair(text: &str) -> Result<(String, String), TargetError> {
    match text.split_once('=') {
        Some((name, value)) if !name.trim().is_empty() => Ok((name.trim().to_owned(), value.trim().to_owned())),
        _ => Err(TargetError(format!("expected `*`, `keys` or `name=value` in brackets, found `{text}`"))),
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for step in &self.0 {
            match step {
                Step::Field(name) => write!(f, ".{name}")?,
                Step::Each => f.write_str("[*]")?,
                Step::Keys => f.write_str("[keys]")?,
                Step::Item(pairs) => {
                    let pairs: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
                    write!(f, "[{}]", pairs.join(","))?;
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_read_and_written() {
        let item =
            |pairs: &[(&str, &str)]| Step::Item(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect());
        let field = |name: &str| Step::Field(name.to_owned());
        for (text, steps) in [
            ("", vec![]),
            (".name", vec![field("name")]),
            ("[*]", vec![Step::Each]),
            ("[keys]", vec![Step::Keys]),
            ("[*].a.b[type=Ready,port=1]", vec![Step::Each, field("a"), field("b"), item(&[("type", "Ready"), ("port", "1")])]),
        ] {
            let target: Target = text.parse().expect(text);
            assert_eq!(target.0, steps, "{text}");
            assert_eq!(target.to_string(), text);
        }
    }

    #[test]
    fn what_is_no_target_is_told() {
        for (text, why) in [
            ("name", "expected `.name` or `[...]`, found `name`"),
            (".a..b", "expected `.name` or `[...]`, found `..b`"),
            ("[*", "`[*` is not closed"),
            ("[0]", "expected `*`, `keys` or `name=value` in brackets, found `0`"),
            ("[keys].a", "nothing lies below the keys of a map, but [keys].a does not end with `[keys]`"),
        ] {
            assert_eq!(text.parse::<Target>().expect_err(text).to_string(), why);
        }
    }

    #[test]
    fn forms_are_in_order() {
        assert!(FORMS.is_sorted());
    }
}

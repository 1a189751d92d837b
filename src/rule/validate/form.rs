//! The named forms of text that rules check for, with Kubernetes' words for what is wrong. Source: apimachinery `api/validate` and `util/validation`.

use std::net::IpAddr;

use crate::rule::{FieldError, names};

const CASELESS_TEXT: &str = "an RFC 1123 subdomain must consist of alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?)*')";
const UUID_TEXT: &str = "must be a lowercase UUID in 8-4-4-4-12 format";
const C_IDENTIFIER_TEXT: &str = "a valid C identifier must start with alphabetic character or '_', followed by a string of alphanumeric characters or '_' (e.g. 'my_name',  or 'MY_NAME',  or 'MyName', regex used for validation is '[A-Za-z_][A-Za-z0-9_]*')";

/// Longest domain, and longest name, of a fully qualified name.
const MAX_DOMAIN: usize = 63;
const MAX_IDENTIFIER: usize = 32;

/// What is wrong with a text that should have a form. Forms that nobody knows constrain nothing.
pub(super) fn check(form: &str, path: &str, text: &str, errors: &mut Vec<FieldError>) {
    let found = match form {
        "k8s-long-name" => names::subdomain(text),
        "k8s-short-name" => names::label(text),
        "k8s-short-name-1035" => names::label1035(text),
        "k8s-long-name-caseless" => long_name_caseless(text),
        "k8s-label-key" => names::qualified_name(text),
        "k8s-label-value" => names::label_value(text),
        "k8s-path-segment-name" => names::path_segment(text),
        "k8s-extended-resource-name" => extended_resource(text),
        "k8s-uuid" if !uuid(text) || text.contains(|c: char| c.is_ascii_uppercase()) => vec![UUID_TEXT.to_owned()],
        "k8s-uuid-caseless" if !uuid(text) => vec!["must be a UUID in 8-4-4-4-12 format".to_owned()],
        "k8s-ip" if text.parse::<IpAddr>().is_err() => vec!["must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)".to_owned()],
        "k8s-resource-pool-name" => return pool_name(path, text, errors),
        "k8s-resource-fully-qualified-name" => return qualified(path, text, errors),
        _ => Vec::new(),
    };
    errors.extend(found.into_iter().map(|detail| FieldError::invalid(path, text, detail)));
}

fn long_name_caseless(text: &str) -> Vec<String> {
    let mut found = names::subdomain(&text.to_ascii_lowercase());
    if let Some(last) = found.last_mut().filter(|detail| detail.starts_with("a lowercase")) {
        CASELESS_TEXT.clone_into(last);
    }
    found
}

fn uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(at, byte)| if matches!(at, 8 | 13 | 18 | 23) { byte == b'-' } else { byte.is_ascii_hexdigit() })
}

/// A name outside of Kubernetes' own domain, which quotas can speak of behind `requests.`.
fn extended_resource(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let domain = text.split_once('/').map(|(domain, _)| domain);
    if domain.is_none_or(|domain| domain == "kubernetes.io" || domain.ends_with(".kubernetes.io")) {
        found.push("a name must be qualified by a domain that is not of kubernetes.io".to_owned());
    }
    if text.starts_with("requests.") {
        found.push("must not start with \"requests.\"".to_owned());
    }
    found.extend(names::qualified_name(&format!("requests.{text}")));
    found
}

fn pool_name(path: &str, text: &str, errors: &mut Vec<FieldError>) {
    if text.is_empty() {
        errors.push(FieldError::required(path, ""));
        return;
    }
    if text.len() > names::MAX_SUBDOMAIN {
        errors.push(FieldError::too_long(path, text, names::MAX_SUBDOMAIN));
    }
    for part in text.split('/') {
        errors.extend(names::subdomain(part).into_iter().map(|detail| FieldError::invalid(path, part, detail)));
    }
}

fn qualified(path: &str, text: &str, errors: &mut Vec<FieldError>) {
    let Some((domain, name)) = text.split_once('/').filter(|(_, name)| !name.contains('/')) else {
        let detail = "a fully qualified name must be a domain and a name separated by a slash";
        errors.push(FieldError::invalid(path, text, detail));
        return;
    };
    match domain {
        "" => errors.push(FieldError::required(path, "the domain must not be empty")),
        _ => errors.extend(long_name_caseless(domain).into_iter().map(|detail| FieldError::invalid(path, domain, detail))),
    }
    if domain.len() > MAX_DOMAIN {
        errors.push(FieldError::too_long(path, domain, MAX_DOMAIN));
    }
    if name.is_empty() {
        errors.push(FieldError::required(path, "the name must not be empty"));
    } else if !identifier(name) {
        errors.push(FieldError::invalid(path, name, C_IDENTIFIER_TEXT));
    }
    if name.len() > MAX_IDENTIFIER {
        errors.push(FieldError::too_long(path, name, MAX_IDENTIFIER));
    }
}

fn identifier(text: &str) -> bool {
    !text.starts_with(|c: char| c.is_ascii_digit()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

#[cfg(test)]
mod tests {
    use kubewright_model::rule::FORMS;

    use super::*;

    #[test]
    fn forms_tell_good_from_bad() {
        let cases = [
            ("k8s-extended-resource-name", "example.com/gpu", "gpu"),
            ("k8s-extended-resource-name", "a.b/c", "x.kubernetes.io/gpu"),
            ("k8s-ip", "::1", "1.2.3"),
            ("k8s-label-key", "a.b/c", "a/b/c"),
            ("k8s-label-value", "", "-"),
            ("k8s-long-name", "a.b", "A.b"),
            ("k8s-long-name-caseless", "A.b", "A_b"),
            ("k8s-path-segment-name", "A_b", ".."),
            ("k8s-resource-fully-qualified-name", "Dra.example.com/model_1", "model"),
            ("k8s-resource-fully-qualified-name", "a/_", "a/1"),
            ("k8s-resource-pool-name", "a/b.c", "a//b"),
            ("k8s-short-name", "a-1", "a.b"),
            ("k8s-short-name-1035", "a-1", "1-a"),
            ("k8s-uuid", "123e4567-e89b-12d3-a456-426614174000", "123E4567-e89b-12d3-a456-426614174000"),
            ("k8s-uuid-caseless", "123E4567-e89b-12d3-a456-426614174000", "123E4567"),
        ];
        for (form, good, bad) in cases {
            let errors = |text| {
                let mut errors = Vec::new();
                check(form, "p", text, &mut errors);
                errors
            };
            assert_eq!(errors(good), [], "{form}: {good}");
            assert!(!errors(bad).is_empty(), "{form}: {bad}");
        }
        for (form, _) in FORMS {
            assert!(cases.iter().any(|(known, ..)| *known == form), "{form}");
        }
    }
}

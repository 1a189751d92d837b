//! Names of schemas to Rust names: words, keywords, acronyms.

/// Words that Rust keeps for itself, in any edition so far.
const KEYWORDS: [&str; 51] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn", "else", "enum", "extern",
    "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv",
    "pub", "ref", "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Type names that generated code uses itself.
const TAKEN: [&str; 21] = [
    "ApiType",
    "BTreeMap",
    "Box",
    "Clone",
    "Column",
    "Default",
    "Desc",
    "Enabled",
    "Kind",
    "Made",
    "Methods",
    "NameRule",
    "None",
    "Option",
    "Self",
    "Some",
    "String",
    "Subresource",
    "TypeTable",
    "Vec",
    "Verbs",
];

/// A field or module: `podIPs` to `pod_ips`, `type` to `type_`.
pub fn snake(name: &str) -> String {
    let joined = words(name).join("_").to_lowercase();
    if joined.is_empty() {
        return "empty".to_owned();
    }
    if KEYWORDS.contains(&joined.as_str()) {
        return joined + "_";
    }
    led_by_letter(joined)
}

/// A constant: `CSINode` to `CSI_NODE`; values without a letter or digit get a name by their sign.
pub fn constant(value: &str) -> String {
    match value {
        "" => return "EMPTY".to_owned(),
        "*" => return "ANY".to_owned(),
        _ => {}
    }
    let joined = words(value).join("_").to_uppercase();
    if joined.is_empty() { "OTHER".to_owned() } else { led_by_letter(joined) }
}

/// A type, in its own spelling unless generated code uses that name itself.
pub fn type_name(name: &str) -> String {
    if TAKEN.contains(&name) { format!("{name}_") } else { name.to_owned() }
}

/// Lower camel case of an inlined part's name, its name in protobuf: `TypeMeta` to `typeMeta`.
pub fn lower_camel(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map(|first| first.to_ascii_lowercase()).into_iter().chain(chars).collect()
}

fn led_by_letter(name: String) -> String {
    if name.starts_with(|c: char| c.is_ascii_digit()) { format!("_{name}") } else { name }
}

fn words(name: &str) -> Vec<&str> {
    name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty()).flat_map(camel_words).collect()
}

fn camel_words(part: &str) -> Vec<&str> {
    let bytes = part.as_bytes();
    let mut words = Vec::new();
    let mut start = 0;
    for at in 1..bytes.len() {
        if starts_word(bytes, start, at) {
            words.push(&part[start..at]);
            start = at;
        }
    }
    words.push(&part[start..]);
    words
}

/// Whether a word begins at `at`, the current one having begun at `start`.
fn starts_word(bytes: &[u8], start: usize, at: usize) -> bool {
    let upper = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_uppercase);
    let lower = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_lowercase);
    if !upper(at) {
        return false;
    }
    if !upper(at - 1) {
        return true;
    }
    // Inside a run of capitals, the last one begins a word, unless the run is an acronym: a plural (IPs) or one with a version (IPv4).
    let plural = bytes.get(at + 1) == Some(&b's') && !lower(at + 2) && at > start;
    let versioned = bytes.get(at + 1) == Some(&b'v') && bytes.get(at + 2).is_some_and(u8::is_ascii_digit);
    lower(at + 1) && !plural && !versioned
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields() {
        for (json, rust) in [
            ("name", "name"),
            ("type", "type_"),
            ("continue", "continue_"),
            ("clusterIPs", "cluster_ips"),
            ("podIPs", "pod_ips"),
            ("hostIP", "host_ip"),
            ("externalIPsPolicy", "external_ips_policy"),
            ("apiGroup", "api_group"),
            ("apiVersion", "api_version"),
            ("awsElasticBlockStore", "aws_elastic_block_store"),
            ("podCIDRs", "pod_cidrs"),
            ("nonResourceURLs", "non_resource_urls"),
            ("x-kubernetes-preserve-unknown-fields", "x_kubernetes_preserve_unknown_fields"),
            ("$ref", "ref_"),
            ("$schema", "schema"),
            ("fieldsV1", "fields_v1"),
            ("supportsIPv6", "supports_ipv6"),
            ("cephFS", "ceph_fs"),
            ("sha256Sum", "sha256_sum"),
            ("enableHTTP2", "enable_http2"),
            ("HTTPRoute", "http_route"),
            ("_raw", "raw"),
            ("2fa", "_2fa"),
            ("self", "self_"),
            ("union", "union"),
            ("", "empty"),
        ] {
            assert_eq!(snake(json), rust, "{json}");
        }
    }

    #[test]
    fn constants() {
        for (value, rust) in [
            ("ClusterIP", "CLUSTER_IP"),
            ("CSINode", "CSI_NODE"),
            ("IPv4", "IPV4"),
            ("*", "ANY"),
            ("", "EMPTY"),
            ("kubernetes.io/basic-auth", "KUBERNETES_IO_BASIC_AUTH"),
            ("1.3", "_1_3"),
            ("==", "OTHER"),
            ("fn", "FN"),
        ] {
            assert_eq!(constant(value), rust, "{value}");
        }
    }

    #[test]
    fn types() {
        for (name, rust) in [("Pod", "Pod"), ("Kind", "Kind_"), ("Self", "Self_"), ("Option", "Option_")] {
            assert_eq!(type_name(name), rust, "{name}");
        }
        assert_eq!(lower_camel("RuleWithOperations"), "ruleWithOperations");
    }
}

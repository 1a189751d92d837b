//! The writer by example.

use super::*;
use crate::diagnostic::Collector;
use crate::source::Sources;
use crate::yaml;

#[test]
fn a_kind_is_laid_out_as_people_write_it() {
    let spec = Map::new().with("tag", Node::whole(2)).with("type", Node::text("list(Part)")).with("keys", Node::words(["name"]));
    let kind = Map::new()
        .with("kind", Node::text("Rocket"))
        .with("doc", Node::text("Flies: mostly, up."))
        .with("shortNames", Node::words(["rk", "y"]))
        .with("fields", Map::new().with("spec", spec))
        .with("subresources", Map::new().with("status", Map::new()))
        .with("columns", Node::List(vec![Map::new().with("name", Node::text("Age")).with("priority", Node::whole(1)).into()]))
        .with(
            "types",
            Map::new()
                .with("Part", Map::new().with("doc", Node::text("One.")).with("fields", Map::new().with("name", Map::new())))
                .with("Empty", Map::new())
                .with("Mode", Map::new().with("enum", Node::words(["A", "*", ""])).with("open", Node::flag(true))),
        );
    let expected = "\
# yaml-language-server: $schema=../../schema.json
kind: Rocket
doc: \"Flies: mostly, up.\"
shortNames: [rk, \"y\"]
fields:
  spec: {tag: 2, type: list(Part), keys: [name]}
subresources:
  status: {}
columns:
  - {name: Age, priority: 1}
types:
  Part:
    doc: One.
    fields:
      name: {}
  Empty: {}
  Mode: {enum: [A, \"*\", \"\"], open: true}
";
    assert_eq!(schema_file(2, &kind), expected);
}

#[test]
fn groups_have_versions_rules_and_comments() {
    let mut v1 = Entry::new("v1", Map::new().with("introduced", Node::text("1.0")).with("hub", Node::flag(true)));
    v1.above.push("first".into());
    v1.beside = "best".into();
    let step = Map::new().with("move", Map::new().with("hub", Node::text("a.b")).with("spoke", Node::text("c")));
    let group = Map::new()
        .with("group", Node::text(""))
        .with("versions", Node::Map(Map { entries: vec![v1] }))
        .with("convert", Map::new().with("Spec", Map::new().with("v1beta1", Node::List(vec![step.into()]))))
        .with("kept", Node::Kept("  # as it was\n  a: b\n".into()));
    let expected = "\
# yaml-language-server: $schema=../../schema.json
group: \"\"
versions:
  # first
  v1: {introduced: \"1.0\", hub: true}  # best
convert:
  Spec:
    v1beta1:
      - move: {hub: a.b, spoke: c}
kept:  # as it was
  a: b
";
    assert_eq!(schema_file(2, &group), expected);
}

/// What is written is read back as it was, in a flow line and as the value of a block.
#[test]
fn text_survives() {
    for text in [
        "",
        "a",
        "a b",
        "a: b",
        "a:b",
        "a #b",
        "a#b",
        "#a",
        "- a",
        "-a",
        "? a",
        "a, b",
        "[a]",
        "{a}",
        "a]",
        "'a",
        "it's",
        "\"a\"",
        "a\"b",
        "&a",
        "*",
        "!a",
        "|",
        ">",
        "%a",
        "@a",
        "`a",
        "true",
        "no",
        "null",
        "~",
        "1",
        "1.5",
        "1.36",
        "-1",
        "+1",
        "0x1f",
        "1_000",
        "1e3",
        ".5",
        ".inf",
        "2020-01-01",
        "12:30:45",
        " a",
        "a ",
        "a\nb",
        "a\n",
        "\ta",
        "\u{7}",
        "\u{85}",
        "\u{2028}",
        "\u{feff}",
        "é",
        "a:",
        ":a",
        "<<",
        "=",
        "--- a",
        "...",
        ".a.b",
        "a\\b",
        "'",
        "^[a-z]+$",
        "/x/(y)?",
        "list(string)",
        "T?",
        "$ref",
        "x-y",
        "null and void",
        "=x",
        "\u{1f680}",
        "a\r\nb",
        "on",
    ] {
        let line = Map::new().with("x", Node::text(text)).with("y", Node::words([text]));
        let mut tree = Map::new().with("doc", Node::text(text)).with("fields", Map::new().with("f", line.clone()));
        tree.push("types", Map::new().with("T", Map::new().with("doc", Node::text(text)).with("fields", Map::new().with(text, line))));
        let written = schema_file(0, &tree);
        let mut sources = Sources::new();
        sources.insert("x", written.as_str());
        let mut problems = Collector::new();
        let read = sources.iter().next().and_then(|(_, source)| yaml::parse(0, source, &mut problems));
        assert!(problems.finish().is_ok(), "{text:?}: {written}");
        let json = read.map(|node| node.json()).unwrap_or_default();
        assert_eq!(json["doc"], text, "{written}");
        assert_eq!(json["fields"]["f"]["x"], text, "{written}");
        assert_eq!(json["fields"]["f"]["y"][0], text, "{written}");
        assert_eq!(json["types"]["T"]["doc"], text, "{written}");
        assert_eq!(json["types"]["T"]["fields"][text]["x"], text, "{written}");
    }
}

#[test]
fn json_values_are_written_in_flow() {
    for (json, expected) in [
        (r#"{"a":[1,"1",true,null,{}],"b c":"x"}"#, "{a: [1, \"1\", true, null, {}], b c: x}"),
        ("[]", "[]"),
        ("1.5", "1.5"),
        (r#"" ""#, "\" \""),
    ] {
        let value: Value = serde_json::from_str(json).unwrap_or_default();
        let written = schema_file(0, &Map::new().with("default", Node::json(&value)));
        assert_eq!(written.lines().nth(1), Some(format!("default: {expected}").as_str()));
    }
}

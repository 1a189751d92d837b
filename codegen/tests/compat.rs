//! Every compatibility rule has a change that breaks it and one that does not, both against one small set of schemas.
//!
//! A case names its rule. `before` alters what was released, `fails` and `passes` what is to be released; each maps files to words and what stands
//! in their place (a list of both in turn), to a whole text, or to null for a file that is taken away. `lock` is the text of the record.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use kubewright_codegen::compat::lock::day_number;
use kubewright_codegen::compat::rule::By;
use kubewright_codegen::compat::{Exceptions, Fact, Findings, Lock, Pair, Side, What, judge, rules, show};
use kubewright_codegen::raw::grammar;
use kubewright_codegen::source::Sources;
use serde_yaml::Value;

type Edits = BTreeMap<String, Value>;

fn home() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/compat")
}

fn meta(sources: &mut Sources) {
    let schemas = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas/meta");
    for (path, source) in Sources::load(&schemas).expect("the meta set can be read").iter() {
        sources.insert(format!("meta/{path}"), source.text.clone());
    }
}

fn edited(sources: &Sources, edits: Option<&Edits>) -> Sources {
    let mut out = Sources::new();
    let none = Edits::new();
    let edits = edits.unwrap_or(&none);
    for (path, source) in sources.iter() {
        match edits.get(path) {
            None => out.insert(path, source.text.clone()),
            Some(Value::Sequence(words)) => out.insert(path, replaced(path, &source.text, words)),
            Some(Value::String(text)) => out.insert(path, text.clone()),
            Some(_) => {}
        }
    }
    for (path, value) in edits.iter().filter(|(path, _)| !sources.iter().any(|(known, _)| known == path.as_str())) {
        out.insert(path.clone(), value.as_str().unwrap_or_else(|| panic!("{path} is not there")));
    }
    out
}

fn replaced(path: &str, text: &str, words: &[Value]) -> String {
    words.chunks(2).fold(text.to_owned(), |text, pair| {
        let [was, is] = pair else { panic!("{path}: words come in pairs") };
        let (was, is) = (was.as_str().unwrap_or_default(), is.as_str().unwrap_or_default());
        assert!(text.contains(was), "{path} has no `{was}`");
        text.replacen(was, is, 1)
    })
}

fn side(sources: Sources) -> Result<Side, String> {
    Side::read(sources).map_err(|(sources, problems)| kubewright_codegen::report::text(&problems, &sources))
}

fn edits(case: &Value, key: &str) -> Option<Edits> {
    case.get(key).map(|edits| serde_yaml::from_value(edits.clone()).expect("edits are a mapping"))
}

fn compared(base: &Base, case: &Value, key: &str, then: impl FnOnce(&Findings, &Pair<'_>)) -> Result<(), String> {
    if case.get("skip").is_some_and(|skip| skip == key) {
        return Ok(());
    }
    let own = edits(case, "before");
    let before = edited(&base.sources, own.as_ref());
    let after = edited(&before, edits(case, key).as_ref());
    let exceptions = Exceptions::read(&after);
    let new = side(after)?;
    let altered = own.is_some().then(|| side(before)).transpose()?;
    let old = altered.as_ref().unwrap_or(&base.side);
    let locks: Vec<Lock> = case
        .get("lock")
        .and_then(Value::as_str)
        .map(|text| Lock::read("shop", text).expect("the record can be read"))
        .into_iter()
        .collect();
    let today =
        case.get("today").and_then(Value::as_str).and_then(day_number).unwrap_or_else(|| day_number("2026-01-01").unwrap_or_default());
    let pair = Pair { old, new: &new, locks: &locks, today, lint_all: false };
    then(&judge(&pair, &exceptions), &pair);
    Ok(())
}

fn cases() -> Vec<(String, Value)> {
    let mut all = Vec::new();
    let mut files: Vec<PathBuf> = fs::read_dir(home().join("cases"))
        .expect("the cases can be listed")
        .map(|entry| entry.expect("a case can be listed").path())
        .collect();
    files.sort();
    for file in files {
        let text = fs::read_to_string(&file).expect("a file of cases can be read");
        let mut found: Value = serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        found.apply_merge().expect("merges are of mappings");
        let found = found.as_sequence().cloned().unwrap_or_default();
        all.extend(found.into_iter().map(|case| (case["rule"].as_str().unwrap_or_default().to_owned(), case)));
    }
    all
}

/// What most cases alter.
struct Base {
    sources: Sources,
    side: Side,
}

fn base() -> Base {
    let mut sources = Sources::load(&home().join("base")).expect("the base can be read");
    sources.above.clear();
    meta(&mut sources);
    let side = side(sources.clone()).unwrap_or_else(|report| panic!("{report}"));
    Base { sources, side }
}

#[test]
fn every_rule_finds_what_breaks_it_and_nothing_else() {
    let base = base();
    let mut wrong = Vec::new();
    for (rule, case) in cases() {
        let severity = case.get("severity").and_then(Value::as_str);
        let failing = compared(&base, &case, "fails", |findings, pair| {
            let found = findings.found.iter().find(|finding| finding.rule == rule);
            if found.is_none_or(|found| severity.is_some_and(|severity| found.severity.word() != severity)) {
                wrong.push(format!("{rule} does not find what breaks it as {severity:?}:\n{}", show::text(findings, pair, true)));
            }
            if findings.found.iter().any(|finding| finding.rule == "unclassified") {
                wrong.push(format!("{rule}: something is not classified:\n{}", show::text(findings, pair, true)));
            }
        });
        let passing = compared(&base, &case, "passes", |findings, pair| {
            if findings.found.iter().any(|finding| finding.rule == rule || finding.rule == "unclassified") {
                wrong.push(format!("{rule} finds what does not break it:\n{}", show::text(findings, pair, true)));
            }
        });
        wrong.extend(
            failing.err().into_iter().chain(passing.err()).map(|report| format!("{rule}: a side of the case is not sound:\n{report}")),
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_rule_has_a_case() {
    let cases: Vec<String> = cases().into_iter().map(|(rule, _)| rule).collect();
    let without: Vec<&str> = rules::all()
        .filter(|rule| matches!(rule.by, By::Change(_) | By::Release(_)) && !cases.iter().any(|case| case == rule.id))
        .map(|rule| rule.id)
        .collect();
    assert!(without.is_empty(), "no case for {}", without.join(", "));
}

#[test]
fn a_set_is_compatible_with_itself() {
    let base = base();
    let read = compared(&base, &Value::Null, "fails", |findings, pair| {
        assert!(findings.found.is_empty(), "{}", show::text(findings, pair, true));
        assert!(findings.compared[0] > 100, "{:?}", findings.compared);
    });
    assert_eq!(read, Ok(()));
}

#[test]
fn the_page_of_rules_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas/COMPAT.md");
    let expected = kubewright_codegen::compat::table();
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, &expected).expect("the page can be written");
    }
    assert_eq!(fs::read_to_string(&path).unwrap_or_default(), expected, "set UPDATE_GOLDEN=1 to write schemas/COMPAT.md anew");
}

#[test]
fn exceptions_have_an_end() {
    let base = base();
    let exception = |until: &str| {
        format!("exceptions:\n  - {{rule: F16, at: \"shop.example.io/v1 Widget*\", reason: A better word., until: \"{until}\"}}\n")
    };
    for (until, found, excepted) in
        [("1.6", vec![], 1), ("1.5", vec!["exception", "F16"], 0), ("2026-06-01", vec![], 1), ("2025-06-01", vec!["exception", "F16"], 0)]
    {
        let edits =
            format!("{{shop/compat.yaml: {}, shop/v1/widget.yaml: [A remark., Another one.]}}", serde_json::Value::from(exception(until)));
        let case: Value = serde_yaml::from_str(&format!("fails: {edits}")).expect("a case");
        let read = compared(&base, &case, "fails", |findings, pair| {
            let rules: Vec<&str> = findings.found.iter().map(|finding| finding.rule).collect();
            assert_eq!((rules, findings.excepted.len()), (found.clone(), excepted), "{until}\n{}", show::text(findings, pair, true));
        });
        assert_eq!(read, Ok(()));
    }
}

#[test]
fn tools_get_what_people_get() {
    let base = base();
    let case: Value = serde_yaml::from_str("fails: {shop/v1/widget.yaml: [\"default: 1\", \"default: 2\"]}").expect("a case");
    let read = compared(&base, &case, "fails", |findings, pair| {
        let json = show::json(findings, pair);
        let finding = json["findings"]
            .as_array()
            .and_then(|found| found.iter().find(|finding| finding["rule"] == "F11"))
            .cloned()
            .unwrap_or_default();
        assert_eq!((&finding["old"]["line"], &finding["new"]["column"]), (&20.into(), &49.into()), "{finding:#}");
        let sarif = show::sarif(findings, pair);
        let run = &sarif["runs"][0];
        assert_eq!(run["tool"]["driver"]["rules"].as_array().map(Vec::len), Some(154));
        let results = run["results"].as_array().map(Vec::as_slice).unwrap_or_default();
        assert!(
            results.iter().any(|result| result["ruleId"] == "F11"
                && result["relatedLocations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "shop/v1/widget.yaml"),
            "{run:#}"
        );
    });
    assert_eq!(read, Ok(()));
}

/// What comes out when a fact of an item of some sort differs.
fn rules_about(base: &Base, what: What, key: &str) -> Vec<&'static str> {
    let mut new = base.side.clone();
    let item = new.items.values_mut().find(|item| item.what == what && item.set == "shop").expect("an item of every sort");
    let value = item.value(key).as_i64().map_or_else(|| "other".into(), |number| (number + 1).into());
    item.facts.insert(key.to_owned(), Fact { value, span: item.span });
    let pair = Pair { old: &base.side, new: &new, locks: &[], today: 0, lint_all: false };
    judge(&pair, &Exceptions::default()).found.into_iter().map(|finding| finding.rule).collect()
}

#[test]
fn every_key_of_the_language_is_classified_and_others_are_errors() {
    let base = base();
    let mut unclassified = Vec::new();
    for (what, object) in [
        (What::Set, &grammar::SET),
        (What::Version, &grammar::VERSION),
        (What::Kind, &grammar::KIND),
        (What::Type, &grammar::TYPE),
        (What::Field, &grammar::FIELD),
        (What::Subresource, &grammar::SUBRESOURCE),
        (What::Column, &grammar::COLUMN),
    ] {
        let parts = ["set", "gates", "kind", "metadata", "fields", "types", "subresources", "columns", "selectable"];
        let own = object.keys.iter().filter(|key| !(parts.contains(&key.name) || what == What::Type && key.name == "enum"));
        unclassified.extend(
            own.filter(|key| rules_about(&base, what, key.name).contains(&"unclassified"))
                .map(|key| format!("{} {}", what.word(), key.name)),
        );
        assert!(rules_about(&base, what, "novel").contains(&"unclassified"), "{what:?}");
    }
    assert!(unclassified.is_empty(), "no rule is about {}", unclassified.join(", "));
}

//! What is an expression, what is none, and why.

use super::{Cell, Expression, Function, Origin, Relation, Step};

fn value(text: &str) -> Expression {
    text.parse::<Cell>().unwrap_or_else(|fault| panic!("{text}: {fault}")).value
}

#[test]
fn signs_bind_as_usual() {
    let Expression::Any(parts) = value(".a == 'x' && !.b || .c > 3 || (.d || .e) && true") else { panic!("the weakest sign comes first") };
    assert_eq!(parts.len(), 3);
    let Expression::All(first) = &parts[0] else { panic!("&& binds stronger") };
    assert!(matches!(first[..], [Expression::Compare(_, Relation::Equal, _), Expression::Not(_)]));
    assert!(matches!(parts[1], Expression::Compare(_, Relation::Greater, _)));
    assert!(matches!(&parts[2], Expression::All(parts) if matches!(parts[..], [Expression::Any(_), Expression::Flag(true)])));
}

#[test]
fn names_come_before_what_uses_them() {
    let cell: Cell = "one = .a;\n two = count($one);\n\"{$two} of {$.b}\"".parse().expect("cell");
    assert_eq!(cell.names.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["one", "two"]);
    let Expression::Template(parts) = &cell.value else { panic!("a template") };
    assert!(matches!(&parts[0], Expression::Path(path) if path.origin == Origin::Name(1)));
    assert!(matches!(&parts[2], Expression::Path(path) if path.origin == Origin::Object && path.steps == [Step::Member("b".to_owned())]));
}

#[test]
fn paths_know_their_place() {
    let text = "count( .a[?.b == \"]\"].c )";
    let Expression::Call(Function::Count, arguments) = value(text) else { panic!("a call") };
    let Expression::Path(path) = &arguments[0] else { panic!("a path") };
    assert_eq!(&text[path.place.clone()], ".a[?.b == \"]\"].c");
    assert!(path.is_many());
}

#[test]
fn text_needs_quotes_only_inside_expressions() {
    for (text, parts) in [("{.a}/{.b}", 3), ("plain", 1), ("", 0), ("a: {join(.b, \"{.c}\", \", \")}", 2)] {
        assert!(matches!(value(text), Expression::Template(found) if found.len() == parts), "{text}");
    }
    for (text, expected) in [("'it''s'", None), ("'it\\'s \\{'", Some("it's {")), ("\"\"", Some(""))] {
        let found = text.parse::<Cell>().ok().map(|cell| cell.value);
        assert_eq!(found, expected.map(|text| Expression::Text(text.to_owned())), "{text}");
    }
}

#[test]
fn what_is_wrong_is_said_at_its_place() {
    for (text, at, message) in [
        (".a..b", 3, "expected a name"),
        (".a[", 3, "expected a number, `*`, `?` or a name in quotes"),
        (".a[x]", 3, "expected a number, `*`, `?` or a name in quotes"),
        (".a[?type]", 4, "`type` is no expression; paths start with a dot, and text stands in quotes"),
        ("age()", 4, "expected a path, a function, text in quotes or a number"),
        ("age(.a", 6, "expected `)`"),
        ("agee(.a)", 0, "there is no function `agee`"),
        ("join(.a)", 0, "join does not take 1 arguments"),
        ("pick(.a, 'x', 'y', 'z')", 0, "pick does not take 4 arguments"),
        ("{.a", 3, "expected `}`"),
        ("a}", 1, "expected `{` before `}`"),
        ("default(.a, )", 12, "expected a path, a function, text in quotes or a number"),
        (".a b", 3, "expected the end"),
        ("join(.a, \"{\", \",\")", 15, "expected `}`"),
        ("\"open", 5, "expected the closing quote"),
        ("$a", 1, "nothing before this is named `a`"),
        ("a = $a; $a", 5, "nothing before this is named `a`"),
        ("a = .x; a = .y; $a", 8, "`a` is named twice"),
        ("a = .x", 6, "expected `;`"),
        (".a = 'x'", 3, "expected the end"),
        (".a == == 3", 6, "expected a path, a function, text in quotes or a number"),
        ("count(1.2.3)", 6, "expected a number"),
    ] {
        let fault = text.parse::<Cell>().expect_err(text);
        assert_eq!((fault.at, fault.message.as_str()), (at, message), "{text}");
    }
    for deep in [format!("{}.a{}", "lower(".repeat(100), ")".repeat(100)), format!("{}.a", "!".repeat(100)), "(".repeat(100)] {
        assert!(deep.parse::<Cell>().expect_err("too deep").message.starts_with("nested deeper"), "{deep}");
    }
}

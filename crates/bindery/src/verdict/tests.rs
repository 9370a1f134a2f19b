#[test]
fn zz_show() {
    use super::*;
    let Ok(files) = std::env::var("CORPUS") else {
        return;
    };
    let width = std::env::var("W").map_or(80, |w| w.parse().unwrap());
    let root = course::Course::find_root(&std::env::current_dir().unwrap()).unwrap();
    let survey = course::Course::survey(&root);
    for file in files.split_whitespace() {
        let v: serde_json::Value =
            match serde_json::from_str(&std::fs::read_to_string(file).unwrap()) {
                Ok(v) => v,
                Err(_) => {
                    println!("#### {file}: {}", std::fs::read_to_string(file).unwrap());
                    continue;
                }
            };
        let e = &v["exercises"][0];
        let exercise = survey
            .course
            .exercises
            .iter()
            .find(|x| x.slug == e["slug"].as_str().unwrap())
            .unwrap();
        let judged = match e["status"].as_str().unwrap() {
            "does-not-build" => Judged::DoesNotBuild(e["compiler"].as_str().unwrap().into()),
            _ => Judged::Ran {
                checks: e["checks"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .filter_map(|c| Checked::read(&c.to_string()))
                    .collect(),
                warnings: e["compiler"].as_str().unwrap().into(),
                said: String::new(),
            },
        };
        let look = Look {
            plain: std::env::var("PLAIN").is_ok(),
            ..Look::colourless(width)
        };
        println!("#### {}", file.rsplit('/').next().unwrap());
        for line in rendered(exercise, &judged, &look) {
            println!("{line}");
        }
        println!("hint: {:?}\n", keyed_hint(exercise, &judged));
    }
}

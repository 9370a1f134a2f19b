//! A class on a real Slurm: one controller and three nodes on this machine, one of which is
//! killed in the middle. `tests/slurm/cluster` brings it up and takes it away.
//!
//! It takes minutes: a node's jobs begin again when the controller has given it up.

#[path = "pupils.rs"]
mod pupils;

use std::process::Command;

use crate::pupils::{Pupils, results, said, succeeds};

/// Submits the class, kills a node as soon as it has judged something, and waits for the merge.
const SCRIPT: &str = r#"set -eu
"$@" --engine slurm --shards 6 >"$OUT.said"
cat "$OUT.said"
merged=$(sed -n 's/.*as job \([0-9]*\)\.$/\1/p' "$OUT.said")
until [ "$(ls "$OUT/records" 2>/dev/null | wc -l)" -ge 20 ]; do sleep 0.2; done
"$SLURM_FOLDER/kill-a-node" n2
echo "killed with $(ls "$OUT/records" | wc -l) records there"
while squeue --noheader --jobs "$merged" 2>/dev/null | grep -q .; do sleep 1; done
cat "$OUT/slurm/merge.txt""#;

#[test]
fn a_cluster_that_loses_a_node_comes_to_the_marks_of_one_machine() {
    let is_there = |tool: &str| Command::new(tool).arg("-V").output().is_ok();
    if !["/usr/sbin/slurmctld", "/usr/sbin/munged", "sbatch"]
        .into_iter()
        .all(is_there)
    {
        assert!(
            !proof::strict(),
            "there is no Slurm: `apt install slurm-wlm munge`"
        );
        println!("skipped: there is no Slurm; `apt install slurm-wlm munge` brings it");
        return;
    }
    let Some(class) = Pupils::hand_in(200, 200) else {
        return;
    };
    succeeds(&mut class.grade("alone"));
    let grade = class.grade("cluster");
    let out = class.out("cluster");
    let mut cluster = Command::new(proof::root().join("tests/slurm/cluster"));
    cluster
        .args(["bash", "-c", SCRIPT, "bash"])
        .arg(grade.get_program())
        .args(grade.get_args())
        .current_dir(proof::root())
        .env("OUT", &out)
        .env("NO_COLOR", "1")
        .env_remove("CARGO");
    let output = succeeds(&mut cluster);
    println!("{}", said(&output));
    assert!(
        results(&out) == results(&class.out("alone")),
        "other marks came out"
    );
}

fn main() {
    std::fs::write("@TRAPS@/@NAME@.trace", "build.rs").unwrap();
}

//! What a private environment holds: named sets of packages, each with the list that was
//! asked for and the lock that it came to. Installs nothing.

/// A set of packages, pinned, with hashes. Each set has an environment of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Packages {
    name: &'static str,
    contents: &'static str,
    size: &'static str,
    required: &'static str,
    lock: &'static str,
    pip: bool,
}

impl Packages {
    /// What the exercises and the listings of the book are tried with.
    pub const EXERCISES: Self = Self {
        name: "exercises",
        contents: "the packages of the exercises",
        size: "about 25 MB",
        required: include_str!("../packages/exercises.in"),
        lock: include_str!("../packages/exercises.lock"),
        pip: false,
    };

    /// What the example bindings are built and tried with.
    pub const EXAMPLES: Self = Self {
        name: "examples",
        contents: "the tools that build the examples",
        size: "about 250 MB",
        required: include_str!("../packages/examples.in"),
        lock: include_str!("../packages/examples.lock"),
        pip: true,
    };

    /// What some experiments compare with: compilers for Python itself.
    pub const LAB: Self = Self {
        name: "lab",
        contents: "the compilers that experiments compare with",
        size: "about 250 MB",
        required: include_str!("../packages/lab.in"),
        lock: include_str!("../packages/lab.lock"),
        pip: false,
    };

    /// Every set there is.
    pub const ALL: [Self; 3] = [Self::EXERCISES, Self::EXAMPLES, Self::LAB];

    /// One word, which is also a part of the environment's name.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// What is in it, for somebody who waits for it: `the tools that build the examples`.
    pub fn contents(&self) -> &'static str {
        self.contents
    }

    /// How much room it takes on a disk, in words.
    pub fn size(&self) -> &'static str {
        self.size
    }

    /// The lock file's text.
    pub fn lock(&self) -> &'static str {
        self.lock
    }

    /// Whether pip itself has to be in the environment: it builds wheels, which uv
    /// leaves to others.
    pub(crate) fn needs_pip(&self) -> bool {
        self.pip
    }

    /// The names that were asked for, without what they need in turn.
    pub fn required(&self) -> impl Iterator<Item = &'static str> {
        let lines = self.required.lines().map(str::trim);
        lines.filter(|line| !line.is_empty() && !line.starts_with('#'))
    }
}

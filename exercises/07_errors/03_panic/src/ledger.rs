//! Somebody else's code, which panics where it might have returned an error. Supplied;
//! nothing to edit here.

/// Adds up column `column`, counted from 0, of lines of amounts with commas between them.
pub fn total(table: &[u8], column: usize) -> i64 {
    let table = std::str::from_utf8(table).expect("a table is UTF-8");
    assert!(!table.is_empty(), "an empty table has no columns");
    let mut total = 0_i64;
    for line in table.lines() {
        let cells: Vec<&str> = line.split(',').collect();
        let cell = cells[column];
        let amount: i64 = cell
            .parse()
            .unwrap_or_else(|_| panic!("`{cell}` is no amount"));
        total = total
            .checked_add(amount)
            .expect("the total does not fit 64 bits");
    }
    total
}

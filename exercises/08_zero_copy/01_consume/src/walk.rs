//! Every position in a table, in order. Supplied; nothing to edit here.

/// The positions in a table of this shape, the last index moving fastest.
///
/// A shape of `[2, 3]` gives `[0, 0]`, `[0, 1]`, `[0, 2]`, `[1, 0]` and so on; a
/// shape with a zero in it gives none.
pub fn indices(shape: &[usize]) -> impl Iterator<Item = Vec<usize>> {
    let shape = shape.to_vec();
    (0..shape.iter().product()).map(move |nth: usize| {
        let mut rest = nth;
        let mut position = vec![0; shape.len()];
        for (index, length) in position.iter_mut().zip(&shape).rev() {
            *index = rest % length;
            rest /= length;
        }
        position
    })
}

//! A shop: the things it sells, and the basket of somebody who buys them.

use pyo3::prelude::*;

#[pymodule]
pub mod shop {
    use pyo3::exceptions::{PyKeyError, PyValueError};

    use super::*;

    /// A thing, and its price in pence.
    #[pyclass(frozen, get_all)]
    struct Item {
        name: String,
        price: i64,
    }

    #[pymethods]
    impl Item {
        #[new]
        fn new(name: String, price: i64) -> PyResult<Item> {
            if price < 0 {
                return Err(PyValueError::new_err(format!("{name} cannot cost {price}")));
            }
            Ok(Item { name, price })
        }

        fn times(&self, quantity: i64) -> i64 {
            self.price * quantity
        }

        fn __repr__(&self) -> String {
            format!("Item('{}', {})", self.name, self.price)
        }
    }

    /// Items, and how many of each.
    #[pyclass]
    struct Basket {
        lines: Vec<(Py<Item>, i64)>,
    }

    #[pymethods]
    impl Basket {
        #[new]
        fn new() -> Basket {
            let lines = Vec::with_capacity(8);
            Basket { lines }
        }

        #[pyo3(signature = (item, quantity=1))]
        fn put(&mut self, item: Py<Item>, quantity: i64) {
            self.lines.push((item, quantity));
        }

        fn take(&mut self, name: &str) -> PyResult<i64> {
            let found = self
                .lines
                .iter()
                .position(|(item, _)| item.get().name == name);
            let place = found.ok_or_else(|| PyKeyError::new_err(name.to_owned()))?;
            Ok(self.lines.remove(place).1)
        }

        fn total(&self) -> i64 {
            let prices = self
                .lines
                .iter()
                .map(|(item, quantity)| item.get().times(*quantity));
            prices.sum()
        }

        fn __len__(&self) -> usize {
            self.lines.len()
        }
    }

    #[pyfunction]
    fn read(line: &str) -> PyResult<Item> {
        let (name, price) = line
            .split_once(' ')
            .ok_or_else(|| PyValueError::new_err("no price"))?;
        Item::new(name.to_owned(), price.parse()?)
    }

    #[pyfunction]
    fn cheapest(items: Vec<Bound<'_, Item>>) -> Option<Bound<'_, Item>> {
        items.into_iter().min_by_key(|item| item.get().price)
    }
}

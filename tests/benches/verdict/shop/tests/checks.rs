//! The eight checks of `shop` for the judge.

use oracle::prelude::*;

fn main() -> ExitCode {
    oracle::exercise!()
        .check(
            "an_item_has_a_name_and_a_price",
            an_item_has_a_name_and_a_price,
        )
        .check("an_item_looks_like_its_call", an_item_looks_like_its_call)
        .check("a_price_is_not_negative", a_price_is_not_negative)
        .check("a_quantity_multiplies", a_quantity_multiplies)
        .check("a_basket_adds_up", a_basket_adds_up)
        .check("what_is_taken_is_gone", what_is_taken_is_gone)
        .check("a_line_is_read", a_line_is_read)
        .check("the_cheapest_is_found", the_cheapest_is_found)
        .run()
}

fn an_item_has_a_name_and_a_price(judge: &mut Judge) -> Verdict {
    let mut py = judge.module()?;
    py.run("item = shop.Item('plum', 12)")?;
    py.eval("item.name")?.returns("plum")?;
    py.eval("item.price")?.returns(12)
}

fn an_item_looks_like_its_call(judge: &mut Judge) -> Verdict {
    let mut py = judge.module()?;
    py.eval("repr(shop.Item('plum', 12))")?
        .returns("Item('plum', 12)")
}

fn a_price_is_not_negative(judge: &mut Judge) -> Verdict {
    let mut py = judge.module()?;
    py.call("shop.Item", &args!["plum", -1])?
        .raises("ValueError")?;
    Ok(())
}

fn a_quantity_multiplies(judge: &mut Judge) -> Verdict {
    let mut py = judge.module()?;
    py.eval("shop.Item('plum', 12).times(5)")?.returns(60)
}

fn a_basket_adds_up(judge: &mut Judge) -> Verdict {
    let mut py = judge.module()?;
    py.run(
        "
        basket = shop.Basket()
        basket.put(shop.Item('plum', 12), 5)
        basket.put(shop.Item('pear', 30))
        ",
    )?;
    py.eval("basket.total()")?.returns(90)?;
    py.eval("len(basket)")?.returns(2)
}

fn what_is_taken_is_gone(judge: &mut Judge) -> Verdict {
    let mut py = judge.module()?;
    py.run(
        "
        basket = shop.Basket()
        basket.put(shop.Item('plum', 12), 5)
        ",
    )?;
    py.call("basket.take", &args!["plum"])?.returns(5)?;
    py.call("basket.take", &args!["plum"])?.raises("KeyError")?;
    Ok(())
}

fn a_line_is_read(judge: &mut Judge) -> Verdict {
    let mut py = judge.module()?;
    py.eval("repr(shop.read('pear 30'))")?
        .returns("Item('pear', 30)")?;
    py.call("shop.read", &args!["pear"])?.raises("ValueError")?;
    Ok(())
}

fn the_cheapest_is_found(judge: &mut Judge) -> Verdict {
    let mut py = judge.module()?;
    py.run("items = [shop.Item('pear', 30), shop.Item('plum', 12)]")?;
    py.eval("shop.cheapest(items).name")?.returns("plum")?;
    py.call("shop.cheapest", &args![Vec::<Value>::new()])?
        .returns(Value::None)
}

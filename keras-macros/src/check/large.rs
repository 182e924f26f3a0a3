//! Models that no memory can hold.

use keras_shapes::{numel_text, params_text};

use super::chain::{Chain, Made};
use super::site::Site;
use crate::diagnostics::{Errors, Message};

/// Whether a sound layer fits into memory, with the parameters of all layers before it. If not, it
/// says so. Layers that are too large before it were reported, and do not count.
pub fn fits(site: &Site<'_>, made: &Made, errors: &mut Errors) -> bool {
    let who = site.who_in_full();
    let own = made.params.unwrap_or(0);
    let text = params_text(&who, own)
        .or_else(|| {
            params_text(&format!("{who}, with the layers before it"), own.saturating_add(params(site.chain)))
        })
        .or_else(|| numel_text(&who, made.shape.known()?));
    let Some(text) = text else { return true };
    errors.at(site.span(), Message::new(text.as_str()).help("make the sizes smaller"));
    false
}

fn params(chain: &Chain) -> usize {
    let sound = chain.nodes.iter().filter(|node| node.made.sound);
    sound.filter_map(|node| node.made.params).fold(0, usize::saturating_add)
}

//! The expressions of a form while it is read. Forms ask the same of many items, so what was read before is shared.

use super::fhirpath::{Expression, ExpressionRefusal};
use std::sync::Arc;

/// So many expressions are remembered.
const REMEMBERED: usize = 64;

/// Expressions that were read before, each at a place that follows from its text.
pub struct Expressions([Option<Arc<Expression>>; REMEMBERED]);

impl Default for Expressions {
    fn default() -> Self {
        Self([const { None }; REMEMBERED])
    }
}

impl Expressions {
    /// Reads an expression, unless it is remembered.
    pub fn parse(&mut self, text: &str) -> Result<Arc<Expression>, ExpressionRefusal> {
        let sum = text.bytes().fold(0, |sum: usize, byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
        let remembered = &mut self.0[sum % REMEMBERED];
        if let Some(known) = remembered.as_ref().filter(|known| known.text() == text) {
            return Ok(Arc::clone(known));
        }
        Ok(Arc::clone(remembered.insert(Arc::new(Expression::parse(text)?))))
    }
}

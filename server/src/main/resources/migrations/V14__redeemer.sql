-- What the browser that redeemed a link calls itself: where the answer is lost on its way, that one may ask again.
ALTER TABLE launch ADD COLUMN redeemed_by text;

-- What other councils' daemons wrote: the stamp that an event bore when it was last seen, and the
-- journal that a proposal, or the answer to it, was read in. Missing: it is this daemon's own.
ALTER TABLE links ADD COLUMN stamp TEXT;
ALTER TABLE proposals ADD COLUMN origin TEXT;
ALTER TABLE proposals ADD COLUMN answer_origin TEXT;

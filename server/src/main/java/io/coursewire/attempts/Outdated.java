package io.coursewire.attempts;

/// What a transaction took from memory is not, or may not be, what is stored by now. Nothing of the transaction may
/// be kept; it is to be done again on what is read anew.
public final class Outdated extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Outdated(String what) {
        super(what + " may have changed since this node wrote it");
    }
}

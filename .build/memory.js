/**
 * For libraries that are made to remember: a map that forgets everything when it is full, as frames ask for the same
 * few hundred keys again and again.
 */
export const memory = `class Memory extends Map {
    constructor(most) {
        super();
        this.most = most;
    }
    set(key, value) {
        if (this.size >= this.most) {
            this.clear();
        }
        return super.set(key, value);
    }
    of(key, compute) {
        let value = this.get(key);
        if (value === undefined) {
            value = compute();
            this.set(key, value);
        }
        return value;
    }
}
`;

/**
 * For libraries that are made to remember: frames ask for the same few hundred keys again and again. Holds the `most` keys
 * that came last and, of as many before them, those that were asked for since: what a screen shows stays, what it showed
 * goes.
 */
export const memory = `class Memory {
    #latest = new Map();
    #before = new Map();
    #most;
    constructor(most) {
        this.#most = most;
    }
    get(key) {
        const latest = this.#latest.get(key);
        if (latest !== undefined) {
            return latest;
        }
        const before = this.#before.get(key);
        if (before !== undefined) {
            this.set(key, before);
        }
        return before;
    }
    set(key, value) {
        if (this.#latest.size >= this.#most) {
            this.#before = this.#latest;
            this.#latest = new Map();
        }
        this.#latest.set(key, value);
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

package dev.tripline.analyzer.pattern;

/** A fixed set of ASCII words that is asked about parts of a text without copying them; case does not matter. */
final class WordSet {

    private final String[] slots;
    private final int maxLength;

    private WordSet(String[] slots, int maxLength) {
        this.slots = slots;
        this.maxLength = maxLength;
    }

    /** Makes the set of the lower-case words that white space parts. */
    static WordSet of(String list) {
        String[] words = list.strip().split("\\s+");
        String[] slots = new String[Integer.highestOneBit(Math.max(4, words.length * 4)) * 2];
        int maxLength = 0;
        for (String word : words) {
            int slot = hash(word, 0, word.length()) & (slots.length - 1);
            while (slots[slot] != null && !slots[slot].equals(word)) {
                slot = (slot + 1) & (slots.length - 1);
            }
            slots[slot] = word;
            maxLength = Math.max(maxLength, word.length());
        }
        return new WordSet(slots, maxLength);
    }

    boolean contains(String word) {
        return contains(word, 0, word.length());
    }

    /** Tells whether the part of the text is one of the words; costs at most the length of the longest word. */
    boolean contains(String text, int from, int to) {
        return to > from && to - from <= maxLength && contains(text, from, to, hash(text, from, to));
    }

    /** Does the same with the hash of the part known, which saves reading it for each set that is asked. */
    boolean contains(String text, int from, int to, int hash) {
        int slot = hash & (slots.length - 1);
        while (slots[slot] != null) {
            String word = slots[slot];
            if (word.length() == to - from && text.regionMatches(true, from, word, 0, word.length())) {
                return true;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        return false;
    }

    /** Returns the hash of a part of a text, the same for both cases of a letter. */
    static int hash(String text, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = hash * 31 + (text.charAt(i) | 0x20);
        }
        return finish(hash);
    }

    /** Mixes a sum of {@code sum * 31 + (character | 0x20)} into a hash. */
    static int finish(int sum) {
        return sum ^ (sum >>> 15);
    }
}

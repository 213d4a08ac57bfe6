package dev.tripline.service.health;

import dev.tripline.service.secrets.Disclosure;

/** Why a service is not ready, as it may be shown: it often quotes a server's answer. */
final class Reason {
    private Reason() {}

    /** Returns a reason on one line, without secrets. */
    static String shown(String reason) {
        return Disclosure.line(reason.strip().replaceAll("\\s*\\R\\s*", " "));
    }
}

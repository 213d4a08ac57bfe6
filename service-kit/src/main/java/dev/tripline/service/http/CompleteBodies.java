package dev.tripline.service.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Passes a request on once its whole body is here. Until then it waits without a thread, so however many bodies trickle in,
 * other requests are answered. Bodies that are too long get 413; when all that wait fill their memory, the one that wants
 * more gets 503.
 */
final class CompleteBodies extends Handler.Wrapper {
    private final long longest;
    private final long room;
    private final AtomicLong taken = new AtomicLong();

    /**
     * @param longest bytes of one body
     * @param room bytes of all bodies at a time
     */
    CompleteBodies(long longest, long room) {
        this.longest = longest;
        this.room = room;
    }

    /** Returns how many bytes of bodies it holds now. */
    long taken() {
        return taken.get();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (request.getLength() > longest) {
            refuse(request, response, callback, 413, "A body must have at most " + longest + " bytes");
            return true;
        }
        boolean hasBody = request.getLength() > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
        if (!hasBody) {
            return super.handle(request, response, callback);
        }
        new Waiting(request, response, callback).run();
        return true;
    }

    /** What follows on the connection would be the rest of the body. */
    private static void refuse(Request request, Response response, Callback callback, int status, String why) {
        response.getHeaders().put(HttpHeader.CONNECTION, "close");
        Response.writeError(request, response, callback, status, why);
    }

    /** A request whose body is on its way. */
    private final class Waiting implements Runnable {
        private final Request request;
        private final Response response;
        private final Callback callback;
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();

        Waiting(Request request, Response response, Callback callback) {
            this.request = request;
            this.response = response;
            // However the request ends, its memory is free again.
            this.callback = Callback.from(callback, () -> taken.addAndGet(-body.size()));
        }

        @Override
        public void run() {
            while (true) {
                Content.Chunk chunk = request.read();
                if (chunk == null) {
                    request.demand(this);
                    return;
                }
                if (Content.Chunk.isFailure(chunk)) {
                    callback.failed(chunk.getFailure());
                    return;
                }
                boolean isLast = chunk.isLast();
                boolean isTaken = take(chunk);
                chunk.release();
                if (!isTaken) {
                    return;
                }
                if (isLast) {
                    passOn();
                    return;
                }
            }
        }

        private boolean take(Content.Chunk chunk) {
            int bytes = chunk.remaining();
            if (body.size() + (long) bytes > longest) {
                refuse(request, response, callback, 413, "A body must have at most " + longest + " bytes");
                return false;
            }
            if (taken.addAndGet(bytes) > room) {
                taken.addAndGet(-bytes);
                response.getHeaders().put(HttpHeader.RETRY_AFTER, 1);
                refuse(request, response, callback, 503, "Too many bodies are on their way");
                return false;
            }
            byte[] copy = new byte[bytes];
            chunk.get(copy, 0, bytes);
            body.write(copy, 0, bytes);
            return true;
        }

        private void passOn() {
            var complete = new Complete(request, body.toByteArray());
            try {
                if (!CompleteBodies.super.handle(complete, response, callback)) {
                    Response.writeError(complete, response, callback, 404);
                }
            } catch (Exception e) { // as Jetty does with what a handler throws
                Response.writeError(complete, response, callback, e);
            }
        }
    }

    /** A request that reads its body from memory. */
    private static final class Complete extends Request.Wrapper {
        private final Content.Source body;

        Complete(Request request, byte[] body) {
            super(request);
            this.body = Content.Source.from(ByteBuffer.wrap(body));
        }

        @Override
        public long getLength() {
            return body.getLength();
        }

        @Override
        public Content.Chunk read() {
            return body.read();
        }

        @Override
        public void demand(Runnable demandCallback) {
            body.demand(demandCallback);
        }

        @Override
        public void fail(Throwable failure) {
            body.fail(failure);
            super.fail(failure);
        }
    }
}

package dev.akushu.programs;

import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLSession;

/** A service that answers with what it is told, in messages of plain bytes; it remembers the session of each call. */
final class GrpcEcho {
    static final MethodDescriptor<byte[], byte[]> UNARY = method(MethodType.UNARY, "Unary");
    static final MethodDescriptor<byte[], byte[]> STREAM = method(MethodType.BIDI_STREAMING, "Stream");

    private final List<SSLSession> sessions = new CopyOnWriteArrayList<>();

    /** Of the calls so far. */
    List<SSLSession> sessions() {
        return sessions;
    }

    ServerServiceDefinition service() {
        return ServerInterceptors.intercept(
                ServerServiceDefinition.builder("Echo")
                        .addMethod(UNARY, ServerCalls.asyncUnaryCall((message, answers) -> {
                            answers.onNext(message);
                            answers.onCompleted();
                        }))
                        .addMethod(STREAM, ServerCalls.asyncBidiStreamingCall(Echo::new))
                        .build(),
                new Witness());
    }

    private final class Witness implements ServerInterceptor {
        @Override
        public <A, B> ServerCall.Listener<A> interceptCall(
                ServerCall<A, B> call, Metadata headers, ServerCallHandler<A, B> next) {
            SSLSession session = call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
            if (session != null) {
                sessions.add(session);
            }
            return next.startCall(call, headers);
        }
    }

    private record Echo(StreamObserver<byte[]> answers) implements StreamObserver<byte[]> {
        @Override
        public void onNext(byte[] message) {
            answers.onNext(message);
        }

        @Override
        public void onError(Throwable failure) {
            // The client has given up, so there is nobody to answer.
        }

        @Override
        public void onCompleted() {
            answers.onCompleted();
        }
    }

    private static MethodDescriptor<byte[], byte[]> method(MethodType type, String name) {
        return MethodDescriptor.<byte[], byte[]>newBuilder()
                .setType(type)
                .setFullMethodName(MethodDescriptor.generateFullMethodName("Echo", name))
                .setRequestMarshaller(new PlainBytes())
                .setResponseMarshaller(new PlainBytes())
                .build();
    }

    private static final class PlainBytes implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] message) {
            return new ByteArrayInputStream(message);
        }

        @Override
        public byte[] parse(InputStream message) {
            try {
                return message.readAllBytes();
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
    }
}

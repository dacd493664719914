package io.coursewire.api;

import io.coursewire.kernel.Uuid;
import io.helidon.http.DirectHandler;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;

/// Answers requests that the server refuses before any route sees them (broken syntax, an unknown path
/// outside the API, too large headers) in the same form as all others.
public final class ProblemForBrokenRequests implements DirectHandler {
    private static final String ENCODED =
            "Bodies are taken as they are, not compressed. Send this one without Content-Encoding.";

    private ProblemForBrokenRequests() {}

    /// To be given to the server's builder.
    public static DirectHandlers handlers() {
        var builder = DirectHandlers.builder();
        for (var event : EventType.values()) {
            builder.addHandler(event, new ProblemForBrokenRequests());
        }
        return builder.build();
    }

    @Override
    public TransportResponse handle(
            TransportRequest request,
            EventType event,
            Status status,
            ServerResponseHeaders headers,
            String message) {
        var requestId = Uuid.next().toString();
        if (isEncoded(request, event)) {
            headers.set(HeaderNames.ACCEPT_ENCODING, BodyEncodings.IDENTITY);
            return answer(headers, requestId, ProblemType.UNSUPPORTED_MEDIA_TYPE, ENCODED);
        }
        return answer(headers, requestId, type(status), detail(status));
    }

    private static TransportResponse answer(
            ServerResponseHeaders headers, String requestId, ProblemType type, String detail) {
        headers.set(HeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE);
        headers.set(HeaderNames.create(Dispatch.REQUEST_ID), requestId);
        return TransportResponse.builder()
                .status(Status.create(type.status()))
                .headers(headers)
                .entity(Problem.of(type, detail).json(requestId))
                .keepAlive(false)
                .build();
    }

    private static boolean isEncoded(TransportRequest request, EventType event) {
        return event == EventType.BAD_REQUEST
                && request.headers()
                        .first(HeaderNames.CONTENT_ENCODING)
                        .filter(encoding -> !encoding.equals(BodyEncodings.IDENTITY))
                        .isPresent();
    }

    private static ProblemType type(Status status) {
        return switch (status.code()) {
            case 404 -> ProblemType.NOT_FOUND;
            case 413, 414 -> ProblemType.TOO_LARGE;
            case 503 -> ProblemType.UNAVAILABLE;
            case 500 -> ProblemType.INTERNAL;
            default -> ProblemType.INVALID_INPUT;
        };
    }

    private static String detail(Status status) {
        return switch (status.code()) {
            case 404 -> "There is nothing at this path.";
            case 413 -> "The request is larger than this server takes.";
            case 414 -> "The address is longer than this server takes.";
            case 505 -> "This server speaks HTTP/1.1. In nginx that is: proxy_http_version 1.1;";
            case 503 -> "The server is busy. Try again.";
            case 500 -> "The server failed. Its log tells more.";
            default ->
                    "This is not a well-formed HTTP request, or its headers are larger than this server takes.";
        };
    }
}

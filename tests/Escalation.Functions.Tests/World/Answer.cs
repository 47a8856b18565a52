using System.Diagnostics.CodeAnalysis;
using Azure;
using Azure.Core;

namespace Escalation.Functions.Tests.World;

/// <summary>An answer of the mail service that the client throws.</summary>
public static class Answer
{
    public static RequestFailedException Of(int status, string? retryAfter = null, string? code = null) =>
        status == 0
            ? new RequestFailedException("no connection")
            : new RequestFailedException(
                new Response(status, retryAfter),
                null,
                new RequestFailedDetailsParserOf(code)
            );

    private sealed class RequestFailedDetailsParserOf(string? code) : RequestFailedDetailsParser
    {
        public override bool TryParse(
            Azure.Response response,
            [NotNullWhen(true)] out ResponseError? error,
            out IDictionary<string, string>? data
        )
        {
            error = new ResponseError(code, "to robin@example.org: refused");
            data = null;
            return true;
        }
    }

    private sealed class Response(int status, string? retryAfter) : Azure.Response
    {
        public override int Status => status;
        public override string ReasonPhrase => "";
        public override Stream? ContentStream { get; set; }
        public override string ClientRequestId { get; set; } = "";

        public override void Dispose() { }

        protected override bool ContainsHeader(string name) => TryGetHeader(name, out _);

        protected override IEnumerable<HttpHeader> EnumerateHeaders() =>
            retryAfter is null ? [] : [new HttpHeader("Retry-After", retryAfter)];

        protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value)
        {
            value = name == "Retry-After" ? retryAfter : null;
            return value is not null;
        }

        protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values)
        {
            values = TryGetHeader(name, out var value) ? [value] : null;
            return values is not null;
        }
    }
}

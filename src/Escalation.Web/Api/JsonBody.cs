using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using Escalation.Core.Cases;
using Escalation.Web.Site;
using Escalation.Web.Site.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Escalation.Web.Api;

/// <summary>A body as read: the value, or why there is none.</summary>
public readonly record struct BodyReading<T>(T? Value, Problem? Problem)
    where T : class;

/// <summary>
/// Reads JSON bodies: UTF-8, no name twice, no more than 16 levels, no other kinds of value than asked for. Members
/// that the contract does not know are ignored, since forms grow; those of the top level are listed in the answer's
/// <c>Ignored-Members</c> header.
/// </summary>
public static class JsonBody
{
    public const string IgnoredHeader = "Ignored-Members";
    private const int MostIgnored = 20;
    private const string NotJson = "The body has to be application/json in UTF-8.";
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    public static async Task<BodyReading<T>> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type)
        where T : class
    {
        var (read, refused) = await BytesAsync(context);
        return read is { } bytes ? Read(context, bytes, type) : new(null, refused);
    }

    /// <param name="bytes">As <see cref="BytesAsync(HttpContext)"/> gave them.</param>
    public static BodyReading<T> Read<T>(HttpContext context, ReadOnlyMemory<byte> bytes, JsonTypeInfo<T> type)
        where T : class
    {
        if (bytes.Span.StartsWith(ByteOrderMark))
            bytes = bytes[ByteOrderMark.Length..];
        return Utf8.IsValid(bytes.Span)
            ? Parse(context, bytes, type)
            : new(null, Problem.Invalid("body", "Not valid UTF-8."));
    }

    /// <summary>The body as it is sent, not yet looked at, or why it is not taken.</summary>
    public static async Task<(ReadOnlyMemory<byte>? Bytes, Problem? Problem)> BytesAsync(HttpContext context)
    {
        if (!IsJson(context.Request.ContentType))
            return (
                null,
                Problem.Of(Codes.Invalid, NotJson) with
                {
                    Status = StatusCodes.Status415UnsupportedMediaType,
                }
            );
        var most = context.RequestServices.GetRequiredService<IOptions<WebOptions>>().Value.MaxBody;
        return await BytesAsync(context, most) is { } bytes
            ? (bytes, null)
            : (null, Problem.Of(Codes.TooLarge, $"A body is {most / 1024} KB at the most."));
    }

    private static BodyReading<T> Parse<T>(HttpContext context, ReadOnlyMemory<byte> bytes, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            if (JsonSerializer.Deserialize(bytes.Span, type) is not { } value)
                return new(null, Problem.Invalid("body", "A JSON object is required."));
            ListIgnored(context, Unknown(bytes.Span, type));
            return new(value, null);
        }
        catch (BadValueException e)
        {
            return new(null, Problem.Invalid(FieldOf(e.Path), e.Message));
        }
        catch (JsonException e)
        {
            return new(
                null,
                Problem.Invalid(
                    FieldOf(e.Path),
                    "Not JSON of the kind expected here: another type of value, a name given twice, or not well-formed."
                )
            );
        }
        catch (InvalidOperationException)
        {
            return new(null, Problem.Invalid("body", "Not valid Unicode text."));
        }
    }

    /// <summary><c>$.raisedBy.name</c> is raisedBy.name; without a path the whole body.</summary>
    private static string FieldOf(string? path) =>
        path?.TrimStart('$').TrimStart('.') is { Length: > 0 } field ? field[..Math.Min(field.Length, 100)] : "body";

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var media)
        && (
            media.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || media.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase)
        )
        && (
            !media.Charset.HasValue
            || media.Charset.ToString().Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase)
        );

    /// <summary>Null when it is larger.</summary>
    private static async Task<ReadOnlyMemory<byte>?> BytesAsync(HttpContext context, int most)
    {
        if (context.Request.ContentLength is { } length)
            return length > most ? null : await ExactlyAsync(context, (int)length);
        var buffer = ArrayPool<byte>.Shared.Rent(most + 1);
        try
        {
            var read = await context.Request.Body.ReadAtLeastAsync(
                buffer.AsMemory(0, most + 1),
                most + 1,
                throwOnEndOfStream: false,
                context.RequestAborted
            );
            // Not one expression: there null would become an empty body.
            if (read > most)
                return null;
            return buffer.AsSpan(0, read).ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    /// <summary>The server gives no more than the length that was announced.</summary>
    private static async Task<ReadOnlyMemory<byte>?> ExactlyAsync(HttpContext context, int length)
    {
        var bytes = new byte[length];
        var read = await context.Request.Body.ReadAtLeastAsync(
            bytes,
            length,
            throwOnEndOfStream: false,
            context.RequestAborted
        );
        return bytes.AsMemory(0, read);
    }

    /// <summary>Lists, in the answer, the first of the names that were sent and are not used.</summary>
    public static void ListIgnored(HttpContext context, IEnumerable<string> names)
    {
        var listed = names.Where(IsPlain).Take(MostIgnored).ToList();
        if (listed.Count > 0)
            context.Response.Headers[IgnoredHeader] = string.Join(", ", listed);
    }

    private static bool IsPlain(string name) =>
        name.Length is > 0 and <= 60
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '[' or ']');

    private static List<string> Unknown(ReadOnlySpan<byte> bytes, JsonTypeInfo type)
    {
        var json = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = type.Options.MaxDepth });
        var unknown = new List<string>();
        if (!json.Read() || json.TokenType is not JsonTokenType.StartObject)
            return unknown;
        while (unknown.Count < MostIgnored && json.Read() && json.TokenType is JsonTokenType.PropertyName)
        {
            if (!IsKnown(ref json, type) && json.GetString() is { } name && IsPlain(name))
                unknown.Add(name);
            json.Skip();
        }
        return unknown;
    }

    private static bool IsKnown(ref Utf8JsonReader member, JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
            if (member.ValueTextEquals(property.Name))
                return true;
        return false;
    }
}

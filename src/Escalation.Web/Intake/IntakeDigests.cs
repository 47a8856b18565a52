using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Escalation.Core.Cases;
using Escalation.Core.Storage;
using Escalation.Web.Site;
using Microsoft.Extensions.Options;

namespace Escalation.Web.Intake;

/// <summary>Digests under the installation's intake secret, so that nothing can be guessed back from what is stored.</summary>
public sealed class IntakeDigests(IOptions<WebOptions> options)
{
    /// <summary>
    /// Which opening a request is: by its idempotency key; without one, the same words from the same credential are the same opening for a
    /// while (<see cref="CaseHandler.RepeatWindow"/>).
    /// </summary>
    public string Of(string partnership, OpenCase open, string? key) =>
        key is null
            ? Hmac("words", open.Actor, partnership, EventChain.Digest([], open))
            : Hmac("key", open.Actor, partnership, key);

    /// <summary>
    /// What two cases about the same person between the same agencies have in common, however the name is spaced or
    /// cased.
    /// </summary>
    /// <param name="open">With its intake key, which stands in when the person is not named: unnamed families are never alike.</param>
    public string SimilarityKeyOf(OpenCase open)
    {
        var name = Normal(open.Person?.Name);
        if (name.Length == 0)
            return Hmac("unnamed", open.IntakeKey);
        var agencies = open
            .ReceivedBy.Concat(open.Involved)
            .Prepend(open.RaisedBy)
            .OfType<IntakePerson>()
            .Select(p => p.Agency == Party.Other ? Normal(p.AgencyName) : p.Agency ?? "")
            .Distinct()
            .Order(StringComparer.Ordinal);
        return Hmac(
            "likeness",
            name,
            open.Person?.DateOfBirth?.ToString("O", CultureInfo.InvariantCulture) ?? "",
            string.Join('|', agencies)
        );
    }

    /// <summary>Letters and digits, in capitals.</summary>
    internal static string Normal(string? text)
    {
        if (text is null)
            return "";
        var letters = new StringBuilder();
        foreach (var rune in text.ToUpperInvariant().EnumerateRunes())
            if (Rune.IsLetterOrDigit(rune))
                letters.Append(rune.ToString());
        return letters.ToString();
    }

    private string Hmac(params string[] parts) =>
        Convert.ToHexStringLower(
            HMACSHA256.HashData(
                options.Value.IntakeSecret,
                Encoding.UTF8.GetBytes(
                    string.Join('\n', parts.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Length}:{p}")))
                )
            )
        );
}

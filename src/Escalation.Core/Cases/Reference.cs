using System.Security.Cryptography;
using System.Text;

namespace Escalation.Core.Cases;

/// <summary>References such as SAN-7K3M-Q9XA: the policy's prefix, then 40 bits in Crockford's base 32 (no I, L, O, U).</summary>
public static class Reference
{
    private const string Letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>
    /// The nth reference that an opening tries. The same intake key gives the same references in the same order, so that a repeated request
    /// finds its case without a second record; the next is tried where the first belongs to another opening.
    /// </summary>
    /// <param name="intakeKey">A keyed digest: nothing can be guessed from the reference.</param>
    public static string Candidate(string prefix, string intakeKey, int attempt)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{intakeKey}/{attempt}"));
        Span<char> text = stackalloc char[9];
        for (var i = 0; i < 8; i++)
            text[i < 4 ? i : i + 1] = Letters[hash[i] & 31];
        text[4] = '-';
        return $"{prefix}-{text}";
    }

    /// <summary>True for the shape of a reference; letters in capitals.</summary>
    public static bool IsWellFormed(string text)
    {
        var dash = text.IndexOf('-');
        return dash is >= 2 and <= 4
            && text.Length == dash + 10
            && text[dash + 5] == '-'
            && text[..dash].All(char.IsAsciiLetterUpper)
            && text[(dash + 1)..].Where((_, i) => i != 4).All(Letters.Contains);
    }
}

using Escalation.Core.Cases;

namespace Escalation.Core.Storage;

/// <summary>The size of a case as it is stored, in bytes as <see cref="CaseSize"/> counts them.</summary>
public static class DocumentSize
{
    /// <summary>For a store to call before it writes. Nothing that a <see cref="CaseHandler"/> makes is refused here.</summary>
    /// <exception cref="CaseTooLargeException">The document would be larger than <see cref="CaseSize.Most"/>.</exception>
    public static void Check(CaseWrite write)
    {
        var length = (long)write.Kept.Length + write.Added.Length;
        if (2 * length <= CaseSize.Most)
            return;
        var size = CaseSize.Of(write.Kept.Span) + CaseSize.Of(write.Added.Span);
        if (size > CaseSize.Most)
            throw new CaseTooLargeException(
                $"Case {write.Reference} would take {size:N0} bytes; {CaseSize.Most:N0} is the most."
            );
    }

    /// <summary>The document with everything in it once: its events, their words, the attempts at sending.</summary>
    public static long Of(CaseDocument document)
    {
        const int Frame = 500,
            Comma = 1;
        long size = Frame;
        foreach (var text in document.Events.All)
            size += CaseSize.Of(text.Bytes.Span) + Comma;
        foreach (var words in document.Words.Values)
            size += CaseSize.OfWords(words.Text);
        foreach (var (key, _) in document.Sends)
            size += key.Length + SendState.Room;
        return size;
    }
}

/// <summary>A fault of the program: what it writes always has room. The store keeps the case as it was.</summary>
public sealed class CaseTooLargeException(string message) : InvalidOperationException(message);

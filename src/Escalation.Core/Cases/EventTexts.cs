using System.Collections;
using System.Collections.Immutable;
using System.Text;

namespace Escalation.Core.Cases;

/// <summary>
/// The canonical strings of a case's events, in order. Kept as the bytes that were read, which are written back as they
/// are: a string is made only for who asks for it.
/// </summary>
public sealed class EventTexts : IReadOnlyList<string>
{
    private readonly ImmutableArray<EventText> _texts;

    internal EventTexts(ImmutableArray<EventText> texts) => _texts = texts;

    public static EventTexts None { get; } = new([]);

    public int Count => _texts.Length;

    public string this[int index] => _texts[index].Read(static utf8 => Encoding.UTF8.GetString(utf8));

    internal ImmutableArray<EventText> All => _texts;

    public EventTexts Add(string canonical) =>
        new(_texts.Add(new EventText(Encoding.UTF8.GetBytes(canonical), IsToken: false)));

    public IEnumerator<string> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

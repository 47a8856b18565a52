using System.Buffers.Binary;
using System.Globalization;

namespace Escalation.Standalone.Tests.Storage;

/// <summary>Which page of a database file belongs to what, as SQLite's file format says; pages are counted from 1.</summary>
internal sealed class DatabasePages(string file)
{
    public const int Size = 4096;
    private const int FileHeader = 100;
    private readonly byte[] _bytes = File.ReadAllBytes(file);

    public int Count => _bytes.Length / Size;

    /// <summary>The pages of the schema's own tree.</summary>
    public IReadOnlyList<int> OfSchema => [.. Tree(1)];

    /// <summary>Of a table's tree, or an index's; the root is the first.</summary>
    public IReadOnlyList<int> Of(string name) => [.. Tree(Root($"name = '{name}'").Single())];

    /// <summary>In no tree: long rows go on there, or it is free.</summary>
    public IReadOnlyList<int> Beside =>
        [.. Enumerable.Range(1, Count).Except(OfSchema).Except(Root("rootpage > 0").SelectMany(Tree))];

    public ReadOnlySpan<byte> this[int page] => _bytes.AsSpan((page - 1) * Size, Size);

    /// <summary>Fills a page of the file with rubbish.</summary>
    public static void Spoil(string file, int page)
    {
        using var written = new FileStream(file, FileMode.Open, FileAccess.Write);
        written.Position = (page - 1) * (long)Size;
        written.Write([.. Enumerable.Repeat((byte)0xA5, Size)]);
    }

    private IEnumerable<int> Root(string where) =>
        StoreFile
            .Query(file, $"SELECT rootpage FROM sqlite_master WHERE {where}")
            .Select(page => int.Parse(page, CultureInfo.InvariantCulture));

    private IEnumerable<int> Tree(int page) => Children(page).SelectMany(Tree).Prepend(page);

    /// <summary>Of a page that leads to others: types 2 and 5.</summary>
    private List<int> Children(int page)
    {
        var whole = this[page];
        var header = whole[(page == 1 ? FileHeader : 0)..];
        if (header[0] is not (2 or 5))
            return [];
        var children = new List<int> { (int)BinaryPrimitives.ReadUInt32BigEndian(header[8..]) };
        for (var cell = 0; cell < BinaryPrimitives.ReadUInt16BigEndian(header[3..]); cell++)
        {
            var place = BinaryPrimitives.ReadUInt16BigEndian(header[(12 + 2 * cell)..]);
            children.Add((int)BinaryPrimitives.ReadUInt32BigEndian(whole[place..]));
        }
        return children;
    }
}

using System.Text;
using System.Text.Json;
using Escalation.Core.Storage;
using Escalation.Core.Tests.Cases;
using Escalation.Testing;
using Escalation.Testing.Cases;

namespace Escalation.Core.Tests.Storage;

/// <summary>
/// Documents as they come back from a store, which got what each write added. Suffolk; the case opens on Monday 12
/// October 2026 at 09:00.
/// </summary>
public sealed class DocumentFormatTests : IWaker
{
    private static readonly DateTimeOffset Nine = UkTime.At("2026-10-12 09:00");
    private readonly MemoryStore _store = new();
    private readonly CaseHandler _handler;
    private byte _salts;
    private string _reference = "";

    public DocumentFormatTests()
    {
        _handler = new CaseHandler(_store, _store, new RuleBook(_store), this, () => [.. new byte[15], ++_salts]);
        foreach (var agency in Sample.Directory("suffolk").Agencies)
            Assert.True(StoredDirectory.WriteAsync(_store, "suffolk", agency, 0, default).GetAwaiter().GetResult());
    }

    public ValueTask WakeAsync(string reference, DateTimeOffset? next, CancellationToken cancel) =>
        ValueTask.CompletedTask;

    [Fact]
    public async Task A_document_that_grew_write_by_write_says_what_it_says_written_whole()
    {
        var written = await GrownAsync();

        var text = await TextAsync();
        Assert.Equal(4, text.Split("\"head\"").Length - 1);
        Assert.Single(text.Split("\"type\":\"caseOpened\"")[1..]);
        var read = await ReadAsync();
        Assert.Equal(Compare.Text(written.Case), Compare.Text(read.Case));
        Assert.Equal(written.Events, read.Events);
        Assert.Equal(EventChain.Hashes(read.Events).Last(), read.Head);
        Assert.Equal(DocumentFormat.Write(written), DocumentFormat.Write(read));
        Assert.Equal(Compare.Text(read.Case), Compare.Text(Read(DocumentFormat.Write(read)).Case));
    }

    [Fact]
    public async Task Sends_that_a_later_write_ended_are_gone_and_so_is_the_similarity_key_after_the_end()
    {
        await GrownAsync();
        var waiting = Assert.Single((await ReadAsync()).Sends).Key;
        Done(
            await _handler.RecordAttemptsAsync(
                _reference,
                [new Attempt(waiting, "taken", null)],
                Nine.AddHours(1),
                default
            )
        );
        Assert.Empty((await ReadAsync()).Sends);

        Assert.Equal("alike", (await ReadAsync()).SimilarityKey);
        Done(
            await _handler.ExecuteAsync(
                _reference,
                Commands.Withdraw(Sample.Raising) with
                {
                    Id = "w",
                    Stage = "1",
                },
                Nine.AddHours(2),
                default
            )
        );
        Assert.Null((await ReadAsync()).SimilarityKey);
    }

    [Fact]
    public async Task That_a_notice_waits_for_the_installation_and_is_held_against_nobody_is_kept()
    {
        await GrownAsync();
        var waiting = Assert.Single((await ReadAsync()).Sends);
        Assert.False(waiting.Value.Down);
        var attempt = new Attempt(waiting.Key, null, "signIn", Down: true);
        Done(await _handler.RecordAttemptsAsync(_reference, [attempt], Nine.AddHours(1), default));
        Assert.True(Assert.Single((await ReadAsync()).Sends).Value.Down);
    }

    [Fact]
    public async Task Of_what_retention_removes_nothing_is_left_in_the_stored_text()
    {
        string[] personal = ["Robin Example", "Rae Raiser", "rae@oak-primary.example.org", "And so on.", "\"salt\""];
        await GrownAsync();
        var withdraw = Commands.Withdraw(Sample.Raising) with { Id = "w", Stage = "1" };
        var ended = Done(await _handler.ExecuteAsync(_reference, withdraw, Nine.AddHours(2), default));
        var before = await TextAsync();
        Assert.All(personal, words => Assert.Contains(words, before, StringComparison.Ordinal));

        var due = ended.Case.RetainUntil!.Value;
        Done(await _handler.ForgetAsync(_reference, due.AddTicks(-1), default));
        Assert.Equal(before, await TextAsync());
        Done(await _handler.ForgetAsync(_reference, due, default));

        var after = await TextAsync();
        Assert.All(personal, words => Assert.DoesNotContain(words, after, StringComparison.Ordinal));
        Assert.Single(after.Split("\"head\"")[1..]);
        Assert.True((await ReadAsync()).Case.PersonalDataRemoved);
    }

    [Fact]
    public async Task A_document_of_format_1_is_read_and_written_whole_by_the_next_write()
    {
        var now = await GrownAsync();
        var old = Encoding.UTF8.GetBytes(FormatOne(now));
        Assert.Equal(Compare.Text(now.Case), Compare.Text(Read(old).Case));
        Assert.Equal(now.Events, Read(old).Events);

        Assert.True(
            await _store.WriteAsync(new CaseWrite(_reference, now.Version, old, _store.IndexOf(_reference)), default)
        );
        Done(
            await _handler.ExecuteAsync(
                _reference,
                Commands.Note(Sample.Raising, "After the update.") with
                {
                    Id = "later",
                    Stage = "1",
                },
                Nine.AddHours(1),
                default
            )
        );

        Assert.StartsWith("""{"format":2,""", await TextAsync(), StringComparison.Ordinal);
        Assert.Single((await TextAsync()).Split("\"format\":")[1..]);
        var read = await ReadAsync();
        Assert.Equal(now.Events, read.Events.Take(now.Events.Count));
        Assert.Equal(EventChain.Hashes(read.Events).Last(), read.Head);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"format":2,"head":"00","events":[]}""")]
    [InlineData("""{"format":3,"head":"00","events":[]}""")]
    [InlineData("""{"format":2,"head":"00","events":[{"number":1,""")]
    [InlineData("""{"format":2,"head":"00","events":[{"number":1,"at":"2026-10-12T09:00:00Z"}]}""")]
    public void What_is_no_document_of_ours_is_not_read(string text) =>
        Assert.ThrowsAny<JsonException>(() => Read(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public async Task A_document_that_was_cut_off_is_not_read()
    {
        await GrownAsync();
        var whole = Encoding.UTF8.GetBytes(await TextAsync());
        Assert.ThrowsAny<JsonException>(() => Read(whole[..^1]));
    }

    /// <summary>Every reader of many cases passes an unreadable one over: no damage may look like a fault of the program.</summary>
    [Theory]
    [InlineData((byte)'0')]
    [InlineData((byte)'"')]
    [InlineData((byte)'}')]
    [InlineData((byte)'x')]
    [InlineData((byte)0xFF)]
    public async Task Whichever_byte_of_it_is_damaged_a_document_is_read_or_said_to_be_unreadable(byte damage)
    {
        await GrownAsync();
        var whole = Encoding.UTF8.GetBytes(await TextAsync());
        var unreadable = 0;
        for (var i = 0; i < whole.Length; i++)
        {
            var (text, kept) = ((byte[])[.. whole], whole[i]);
            text[i] = damage;
            var thrown = Record.Exception(() => Read(text));
            Assert.True(
                thrown is null or UnreadableCaseException,
                $"{(char)kept} at {i}, after {Encoding.UTF8.GetString(whole[Math.Max(0, i - 60)..i])}: {thrown}"
            );
            unreadable += thrown is null ? 0 : 1;
        }
        Assert.InRange(unreadable, whole.Length / 20, whole.Length);
    }

    /// <summary>Opened, a note, the mail tried with one notice put off, another note.</summary>
    private async Task<CaseDocument> GrownAsync()
    {
        var opened = Done(
            await _handler.OpenAsync(
                "suffolk",
                Sample.Opening("suffolk") with
                {
                    IntakeKey = "key",
                },
                keyed: true,
                "alike",
                Nine,
                default
            )
        );
        _reference = opened.Case.Reference;
        Done(
            await _handler.ExecuteAsync(
                _reference,
                Commands.Note(Sample.Raising, "Zoë “said” \\ so.") with
                {
                    Id = "one",
                    Stage = "1",
                },
                Nine,
                default
            )
        );
        var attempts = opened
            .ToSend(Nine)
            .Select((notice, i) => new Attempt(notice.Key, i == 0 ? null : $"op{i}", i == 0 ? "down" : null))
            .ToList();
        Done(await _handler.RecordAttemptsAsync(_reference, attempts, Nine, default));
        return Done(
            await _handler.ExecuteAsync(
                _reference,
                Commands.Note(Sample.Receiving, "And so on.") with
                {
                    Id = "two",
                    Stage = "1",
                },
                Nine,
                default
            )
        );
    }

    private static string FormatOne(CaseDocument document) =>
        JsonSerializer.Serialize(
            new
            {
                format = 1,
                head = Convert.ToHexStringLower(document.Head),
                salt = document.Salt,
                likeness = document.SimilarityKey,
                events = document.Events.ToList(),
                words = document.Words.ToDictionary(
                    w => $"{w.Key}",
                    w => new { salt = w.Value.Salt, text = w.Value.Text }
                ),
                sends = document.Sends.ToDictionary(
                    s => s.Key,
                    s => new
                    {
                        attempts = s.Value.Attempts,
                        nextTry = s.Value.NextTry,
                        error = s.Value.Error,
                    }
                ),
            }
        );

    private static CaseDocument Done(Handled handled) => Assert.IsType<Handled.Done>(handled).Document;

    private static CaseDocument Read(byte[] text) => DocumentFormat.Read(new StoredCase("SUF-0000-0000", 1, text));

    private async Task<CaseDocument> ReadAsync() => (await _handler.ReadAsync(_reference, default))!;

    private async Task<string> TextAsync() =>
        Encoding.UTF8.GetString((await _store.ReadAsync(_reference, default))!.Document.Span);
}

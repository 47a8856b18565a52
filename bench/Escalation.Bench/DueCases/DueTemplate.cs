using Escalation.Bench.Demo;
using Escalation.Core.Storage;

namespace Escalation.Bench.DueCases;

/// <summary>
/// A database in which every case's first deadline falls at one instant: their mail is sent, their reminders are
/// carried out, nothing else is due.
/// </summary>
internal static class DueTemplate
{
    private const int AtOnce = 64;
    private static readonly DateTimeOffset Raised = new(2026, 9, 22, 10, 0, 0, TimeSpan.Zero);

    /// <summary>Sandwell's informal stage: 24 hours.</summary>
    public static DateTimeOffset Deadline { get; } = Raised.AddHours(24);

    public static async Task MakeAsync(string folder, int cases)
    {
        await using var installation = await Installation.OpenAsync(folder);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, cases),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (number, _) =>
            {
                var document = await installation.OpenCaseAsync(DemoForm.Make(number), Raised);
                await SendAsync(installation, document, Raised.AddMinutes(1));
                while (await WakeBeforeDeadlineAsync(installation, document.Case.Reference) is { } at)
                {
                    document = Done(
                        await installation.Cases.AdvanceAsync(document.Case.Reference, null, at, CancellationToken.None)
                    );
                    await SendAsync(installation, document, at);
                }
            }
        );
        if (await installation.Store.EarliestAsync(CancellationToken.None) != Deadline)
            throw new InvalidOperationException("Something is due before the deadline.");
    }

    private static async Task<DateTimeOffset?> WakeBeforeDeadlineAsync(Installation installation, string reference) =>
        (await installation.Cases.ReadAsync(reference, CancellationToken.None))!.NextWake is { } at && at < Deadline
            ? at
            : null;

    private static async Task SendAsync(Installation installation, CaseDocument document, DateTimeOffset now)
    {
        var attempts = document
            .ToSend(now)
            .Select((notice, i) => new Attempt(notice.Key, $"operation-{i}-{document.Case.Reference}", null))
            .ToList();
        Done(
            await installation.Cases.RecordAttemptsAsync(document.Case.Reference, attempts, now, CancellationToken.None)
        );
    }

    private static CaseDocument Done(Handled handled) =>
        handled is Handled.Done done
            ? done.Document
            : throw new InvalidOperationException("A case of the template could not be written.");
}

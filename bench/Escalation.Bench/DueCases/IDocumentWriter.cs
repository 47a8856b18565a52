namespace Escalation.Bench.DueCases;

/// <summary>How Quartz's jobs get their documents onto the disk.</summary>
internal interface IDocumentWriter : IAsyncDisposable
{
    const string Update =
        "UPDATE documents SET version = version + 1, document = $document WHERE reference = $reference";

    /// <summary>Done when the document is committed.</summary>
    Task WriteAsync(string reference);
}

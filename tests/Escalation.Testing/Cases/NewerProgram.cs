using Escalation.Core.Storage;

namespace Escalation.Testing.Cases;

/// <summary>A later version of the program, which records what this one does not know.</summary>
public static class NewerProgram
{
    /// <summary>The case with one event more, of a type of its own.</summary>
    public static CaseDocument Written(CaseDocument known, DateTimeOffset now)
    {
        var added = $$$"""{"number":{{{known.Case.Events + 1}}},"at":"{{{now:O}}}","event":{"type":"somethingNew"}}""";
        return known with { Events = known.Events.Add(added), Head = EventChain.Next(known.Head, added) };
    }
}

using Escalation.Web.Forms;

namespace Escalation.Web.CasePages;

/// <summary>A part of a move's form, named as the API names it.</summary>
public abstract record FormPart(string Name, string Label)
{
    public string? Hint { get; init; }
    public bool Optional { get; init; }

    /// <summary>What is said when it is needed and was left empty.</summary>
    public string Missing { get; init; } = $"Enter: {Label}";

    /// <param name="Rows">0: a single line.</param>
    public sealed record Text(string Name, string Label, int Rows = 0, string Type = "text") : FormPart(Name, Label);

    public sealed record Date(string Name, string Label) : FormPart(Name, Label);

    public sealed record OneOf(string Name, string Label, IReadOnlyList<Choice> Choices) : FormPart(Name, Label);

    /// <param name="Empty">The choice of nothing.</param>
    public sealed record FromList(string Name, string Label, IReadOnlyList<Choice> Choices, string Empty = "Choose one")
        : FormPart(Name, Label);

    /// <summary>A box to tick: <c>yes</c>.</summary>
    public sealed record Tick(string Name, string Label) : FormPart(Name, Label);

    public sealed record Hidden(string Name, string Value) : FormPart(Name, "");

    public sealed record Group(string Legend, IReadOnlyList<FormPart> Parts) : FormPart("", Legend);

    /// <summary>Rows of agreed actions: <c>actions[0].what</c> and so on.</summary>
    public sealed record Actions(string Label, IReadOnlyList<Choice> Agencies, int Rows) : FormPart("actions", Label);

    /// <summary>The part and those in it.</summary>
    public IEnumerable<FormPart> All => this is Group group ? group.Parts.SelectMany(p => p.All) : [this];
}

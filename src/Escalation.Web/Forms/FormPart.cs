using Escalation.Core.Cases;

namespace Escalation.Web.Forms;

/// <summary>
/// A part of a form: what is asked, and the words for what can be wrong with the answer. The same part is shown, read, checked, worded and
/// played back.
/// </summary>
/// <param name="Name">As the API names it.</param>
public abstract record FormPart(string Name, string Label)
{
    public string? Hint { get; init; }
    public bool Optional { get; init; }

    /// <summary>The answer inside a sentence, "the name of the chair": from it come "Enter …" and "… must be …".</summary>
    public string What
    {
        get => field ?? Sentence.LowerFirst(Label);
        init;
    }

    /// <summary>What is said when it is needed and was left empty.</summary>
    public string Missing
    {
        get => field ?? $"{(IsChosen ? "Select" : "Enter")} {What}";
        init;
    }

    /// <summary>What it is called where the answer is played back.</summary>
    public string Answered
    {
        get => field ?? Label;
        init;
    }

    /// <summary>The field's own sentences for what can be wrong with the answer, where the general ones do not say enough.</summary>
    public IReadOnlyDictionary<FaultCode, string> Sentences { get; init; } = new Dictionary<FaultCode, string>();

    /// <summary>Whether the answer counts, by what else was answered; one that does not is neither read nor played back.</summary>
    public Func<FormValues, bool> Counts { get; init; } = _ => true;

    private bool IsChosen =>
        this is OneOf or ManyOf or Tick || (this is FromList list && !LongChoice.IsTyped(list.Choices));

    /// <param name="Rows">0: a single line.</param>
    public sealed record Text(
        string Name,
        string Label,
        int Rows = 0,
        string Type = "text",
        string? Autocomplete = "off"
    ) : FormPart(Name, Label);

    public sealed record Date(string Name, string Label) : FormPart(Name, Label);

    public sealed record OneOf(string Name, string Label, IReadOnlyList<Choice> Choices) : FormPart(Name, Label);

    /// <summary>Boxes to tick, each sent by itself.</summary>
    public sealed record ManyOf(string Name, string Label, IReadOnlyList<Choice> Choices) : FormPart(Name, Label);

    /// <summary>A choice from a list; where the list is too long for a page (<see cref="LongChoice"/>) it is typed.</summary>
    /// <param name="Empty">The choice of nothing; null: there is none, and the first is chosen.</param>
    public sealed record FromList(
        string Name,
        string Label,
        IReadOnlyList<Choice> Choices,
        string? Empty = "Choose one"
    ) : FormPart(Name, Label)
    {
        /// <summary>What to type, where the list is too long.</summary>
        public string TypedHint { get; init; } = "Its name or short name, as in the directory";
    }

    /// <summary>A box to tick: <c>yes</c>.</summary>
    public sealed record Tick(string Name, string Label) : FormPart(Name, Label)
    {
        /// <summary>What stands above the box, with the label beside it; null: the label stands above, and beside it "Yes".</summary>
        public string? Legend { get; init; }
    }

    public sealed record Hidden(string Name, string Value) : FormPart(Name, "");

    /// <summary>Shown, and settled already: nothing is sent.</summary>
    public sealed record Settled(string Name, string Label, string Answer) : FormPart(Name, Label);

    /// <summary>Parts that belong together, under a heading.</summary>
    /// <param name="Folded">Seldom needed: folded away while nothing is typed.</param>
    public sealed record Group(string Legend, IReadOnlyList<FormPart> Parts, bool Folded = false)
        : FormPart("", Legend);

    /// <summary>Rows of agreed actions: <c>actions[0].what</c> and so on.</summary>
    /// <param name="Rows">How many are shown.</param>
    /// <param name="AllOpen">False: those after the first are folded away while nothing is typed.</param>
    public sealed record Actions(string Label, IReadOnlyList<Choice> Agencies, int Rows, bool AllOpen)
        : FormPart("actions", Label)
    {
        public IReadOnlyList<FormPart> Row(int row) =>
            [
                new Text($"actions[{row}].what", "What is to be done", 2)
                {
                    What = $"what is to be done in action {row + 1}",
                },
                new Text($"actions[{row}].byWhom", "By whom") { What = $"by whom action {row + 1} is to be done" },
                new FromList($"actions[{row}].agency", "Agency", Agencies) { What = $"the agency of action {row + 1}" },
                new Date($"actions[{row}].due", "By when") { What = $"the date of action {row + 1}" },
            ];
    }

    /// <summary>The part, or those in it, in the order of the form; the rows of actions after the actions as a whole.</summary>
    public IEnumerable<FormPart> All =>
        this switch
        {
            Group group => group.Parts.SelectMany(p => p.All),
            Actions actions => [actions, .. Enumerable.Range(0, actions.Rows).SelectMany(actions.Row)],
            Text or Date or OneOf or ManyOf or FromList or Tick or Hidden or Settled => [this],
            _ => throw new InvalidOperationException($"Nothing is known of {GetType().Name}."),
        };

    /// <summary>The answer in words; null where none was given, or where it does not count.</summary>
    public string? Words(FormValues values)
    {
        if (this is Settled settled)
            return settled.Answer;
        if (!Counts(values) || values.Typed(Name) is not { } value)
            return null;
        return this switch
        {
            OneOf one => LongChoice.Label(one.Choices, value),
            ManyOf many => string.Join('\n', values.All(Name).Select(id => LongChoice.Label(many.Choices, id))),
            FromList list => LongChoice.Label(list.Choices, value),
            Date => TypedDate.Words(value),
            Tick => "Yes",
            Text or Hidden or Settled or Group or Actions => value,
            _ => throw new InvalidOperationException($"Nothing is known of {GetType().Name}."),
        };
    }
}

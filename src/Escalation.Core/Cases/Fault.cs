namespace Escalation.Core.Cases;

/// <summary>What is wrong with one field: a code that a form words beside its label, and a sentence for those who call the API.</summary>
/// <param name="Most">The limit that was passed, for <see cref="FaultCode.TooLong"/> and <see cref="FaultCode.TooMany"/>; else 0.</param>
/// <param name="Day">The local day before which nothing can have been, for <see cref="FaultCode.BeforeRaised"/>; else null.</param>
public sealed record Fault(FaultCode Code, string Text, int Most = 0, DateOnly? Day = null)
{
    public override string ToString() => Text;
}

/// <summary>Everything that can be wrong with a field.</summary>
public enum FaultCode
{
    /// <summary>Nothing was given, and something has to be.</summary>
    Required,

    /// <summary>More characters than <see cref="Fault.Most"/>.</summary>
    TooLong,

    /// <summary>More entries than <see cref="Fault.Most"/>.</summary>
    TooMany,

    ControlCharacter,

    /// <summary>Half of a surrogate pair.</summary>
    NotUnicode,
    NotEmail,

    /// <summary>None of the choices, or nothing that this procedure asks for.</summary>
    NotOffered,
    NamedTwice,

    /// <summary>Of a year that nobody means, or a date of birth to come.</summary>
    NotPlausible,
    InFuture,
    TooLongAgo,

    /// <summary>A day that is over, where only one to come can be meant.</summary>
    Past,
    TooFarAhead,

    /// <summary>A day that is not worked as it is.</summary>
    NotWorked,
    BeforeRaised,
    BeforeDiscussion,

    /// <summary>Of the partnership's directory.</summary>
    UnknownAgency,

    /// <summary>Of this case.</summary>
    AgencyOutside,

    /// <summary>The agency that raises the concern, on the other side too.</summary>
    SameAgency,

    /// <summary>The chair has to come from elsewhere.</summary>
    ChairInvolved,

    /// <summary>Not a date that a hold may be reviewed on.</summary>
    NotReviewDay,

    /// <summary>An id that is no id.</summary>
    Malformed,
}

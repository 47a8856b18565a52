namespace Escalation.Core.Tests.Policies;

/// <summary>Faults of what depends on the concern: conditions, dates, ways, and of whom a rule names besides.</summary>
internal static class ConcernFaults
{
    private const string Basis = "{\"where\":\"Here\",\"text\":\"So\"}",
        Days = "{\"workingDays\":2,\"kind\":\"target\",\"basis\":" + Basis + "}",
        Ahead = "[{\"id\":\"agreed\",\"name\":\"A day\",\"ahead\":true,\"basis\":" + Basis + "}]",
        Past = "[{\"id\":\"conference\",\"name\":\"Conference\",\"basis\":" + Basis + "}]";

    /// <summary>As <see cref="PolicyFaults.Each"/>.</summary>
    public static TheoryData<string, string, string?, string, string> Each() =>
        new()
        {
            {
                "sandwell",
                "stages[2].when",
                "{}",
                "stages[2].when",
                "must name natures, circumstances, personKinds or fields: without any it would always hold"
            },
            {
                "sandwell",
                "stages[2].when",
                "{\"circumstances\":[\"lookedAfer\"]}",
                "stages[2].when.circumstances[0]",
                "must be one of childProtectionPlan, lookedAfter; did you mean lookedAfter?"
            },
            {
                "sandwell",
                "stages[2].unless",
                "{\"fields\":[{\"field\":\"levelOfNed\",\"is\":[\"universal\"]}]}",
                "stages[2].unless.fields[0].field",
                "must be a choice among the fields of this policy, not levelOfNed; did you mean levelOfNeed?"
            },
            {
                "sandwell",
                "stages[2].unless",
                "{\"fields\":[{\"field\":\"levelOfNeed\",\"is\":[]}]}",
                "stages[2].unless.fields[0].is",
                "must name at least one"
            },
            {
                "sandwell",
                "stages[0].when",
                "{\"personKinds\":[\"child\"]}",
                "stages[0].when",
                "must not be given at the first stage"
            },
            {
                "sandwell",
                "stages[4].optional",
                Basis,
                "stages[4].optional",
                "must not be given at the first stage nor at the final one: nothing could be there instead"
            },
            {
                "sandwell",
                "skip.starts",
                "{\"stages\":[\"9\"],\"basis\":" + Basis + "}",
                "skip.starts.stages[0]",
                "must be one of 1, 2, 3, 4"
            },
            {
                "suffolk",
                "skip.starts",
                "{\"stages\":[\"2\"],\"basis\":" + Basis + "}",
                "skip.starts",
                "goes with forward false only: else every stage may be started at"
            },
            {
                "sandwell",
                "elsewhere",
                "[{\"when\":{\"natures\":[\"other\"]},\"text\":\"x\",\"policy\":\"sandwell\",\"basis\":" + Basis + "}]",
                "elsewhere[0].policy",
                "must be another policy than this one"
            },
            {
                "sandwell",
                "dates",
                "[{\"id\":\"a\",\"name\":\"A\",\"ahead\":true,\"basis\":" + Basis + ",\"window\":" + Days + "}]",
                "dates[0].window",
                "goes only with a date that has been: nothing is raised after one that lies ahead"
            },
            {
                "sandwell",
                "dates",
                "[{\"id\":\"a\",\"name\":\"A\",\"basis\":" + Basis + ",\"when\":{\"natures\":[\"none\"]}}]",
                "dates[0].when.natures[0]",
                "must be one of thresholdsAtReferral, actionOrInaction, decisionOrCourseOfAction, conferenceOutcome, "
                    + "planImplementationOrEffectiveness, informationSharing, assessment, provisionOfServices, livedExperience, "
                    + "driftOrDelay, childProtectionProcedures, other"
            },
            {
                "sandwell",
                "stages[2].limits[0].from",
                "\"date:meeting\"",
                "stages[2].limits[0].from",
                "must name a date of this policy that has been, not meeting"
            },
            {
                "sandwell",
                "stages[2].limits[0].by",
                "\"agreed\"",
                "stages[2].limits[0].by",
                "must be a date of this policy that lies ahead"
            },
            {
                "sandwell",
                "stages[2].limits[0].lengths",
                "[{\"when\":{\"personKinds\":[\"child\"]},\"limit\":{\"calendarDays\":0,\"kind\":\"target\",\"basis\":"
                    + Basis
                    + "}}]",
                "stages[2].limits[0].lengths[0].limit.calendarDays",
                "must be 1 to 365"
            },
            {
                "sandwell",
                "stages[2].limits",
                "[{\"for\":\"outcome\",\"lengths\":[{\"when\":{\"personKinds\":[\"child\"]},\"limit\":" + Days + "}]}]",
                "stages[2].review",
                "must be given where a stage can be without a limit: nobody would be reminded of it"
            },
            {
                // What is left once the contact was made is no limit for everybody.
                "sandwell",
                "stages[2].limits",
                "[{\"for\":\"contact\",\"limit\":"
                    + Days
                    + "},{\"for\":\"outcome\",\"lengths\":[{\"when\":{\"personKinds\":[\"child\"]},\"limit\":"
                    + Days
                    + "}]}]",
                "stages[2].review",
                "must be given where a stage can be without a limit: nobody would be reminded of it"
            },
            {
                "sandwell",
                "stages[4].insteadTiers",
                "[\"chair\"]",
                "stages[4].insteadTiers",
                "must not be given with told partnership: it is for agencies"
            },
            {
                "sandwell",
                "tells[0].when",
                "\"beforeStage:informal\"",
                "tells[0].when",
                "must not be before the first stage: nothing is before it"
            },
            {
                "sandwell",
                "tells[0].when",
                "\"outcome:registered\"",
                "tells[0].when",
                "must name an outcome of this policy, not registered"
            },
            {
                "sandwell",
                "duties[0].owner",
                "\"partnership\"",
                "duties[0].ownerTier",
                "must be given where the owner is the partnership: whose duty it is"
            },
            {
                "sandwell",
                "duties[5].ownerTier",
                "\"chair\"",
                "duties[5].ownerTier",
                "must not be given with such an owner"
            },
            {
                "sandwell",
                "duties[0].ownerTier",
                "\"hedOfService\"",
                "duties[0].ownerTier",
                "must be a tier that the program knows or the policy declares under tiers, not hedOfService; did you mean headOfService?"
            },
            { "sandwell", "duties[7].hours", "0", "duties[7].hours", "must be 1 to 240" },
            { "sandwell", "duties[7].months", "25", "duties[7].months", "must be 1 to 24" },
            { "sandwell", "duties[7].calendarDays", "0", "duties[7].calendarDays", "must be 1 to 365" },
            { "sandwell", "urgent.leadsOf", "\"receiving\"", "urgent.leadsOf", "must be parties or reporting" },
            {
                "sandwell",
                "urgent.tell[0].agency",
                "\"reprting\"",
                "urgent.tell[0].agency",
                "must be reporting, raising, receiving, parties, partnership or an agency's id; did you mean reporting?"
            },
            {
                "sandwell",
                "duties[0].owner",
                "\"reporting\"",
                "duties[0].owner",
                "must not be reporting except when urgent"
            },
        };

    /// <summary>A part that goes in without a fault: policy, field that is set, its value as JSON.</summary>
    public static TheoryData<string, string, string> Good() =>
        new()
        {
            { "sandwell", "dates", Ahead },
            { "sandwell", "dates", Past },
            { "sandwell", "stages[2].when", "{\"circumstances\":[\"lookedAfter\"],\"personKinds\":[\"child\"]}" },
            { "sandwell", "stages[2].optional", Basis },
            { "sandwell", "skip.starts", "{\"stages\":[\"2\",\"3\"],\"consulting\":\"x\",\"basis\":" + Basis + "}" },
        };
}

using System.Collections.Immutable;
using ApiSecurityAnalyzers.Compilations;
using Microsoft.CodeAnalysis;

namespace ApiSecurityAnalyzers.Engines.Endpoints;

/// <summary>Tells from the members of a type whether what it stands for belongs to somebody.</summary>
internal static class Ownership
{
    private static readonly ImmutableHashSet<string> Owners = ImmutableHashSet.Create(
        "UserId", "OwnerId", "CustomerId", "TenantId", "BuyerId", "PatientId", "AppUserId", "ApplicationUserId", "AccountId", "MemberId", "OwnerUserId", "OwnerGuid", "UserGuid", "UserName", "OwnerName", "OwnerEmail", "BuyerEmail", "CustomerEmail");

    /// <summary>Who made something: others may read it, and not change it.</summary>
    private static readonly ImmutableHashSet<string> Makers = ImmutableHashSet.Create("CreatedBy", "CreatedById", "CreatedByUserId", "CreatorId", "CreatorUserId", "AuthorId");

    private static readonly ImmutableHashSet<string> Navigations = ImmutableHashSet.Create("User", "Owner", "Customer", "Buyer", "Patient", "AppUser", "ApplicationUser");

    /// <summary>Words of what is made to be read by others, whoever made it.</summary>
    private static readonly ImmutableHashSet<string> ReadByOthers = ImmutableHashSet.Create(
        "review", "comment", "post", "article", "blog", "rating", "reply", "topic", "thread", "question", "answer", "event", "product", "listing", "auction", "recipe", "photo", "video", "song", "playlist", "poll", "news", "story", "course", "team", "group", "channel", "tag", "category");

    /// <summary>The member that says whose it is; <see langword="null"/> where nothing says so, or reading it is everybody's right.</summary>
    /// <param name="type">The type of what is loaded or changed.</param>
    /// <param name="changes">Whether it is changed.</param>
    public static string? MemberOf(ITypeSymbol type, bool changes)
    {
        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Class } named || named.DeclaringSyntaxReferences.IsEmpty || !changes && Cryptography.Words.Say(named.Name, ReadByOthers))
            return null;
        var isAudited = false;
        string? maker = null;
        for (INamedTypeSymbol? current = named; current is not null && current.SpecialType == SpecialType.None; current = current.BaseType)
        {
            // a user is its own owner, and a directory of users no fault
            if (current.Name.StartsWith("IdentityUser", StringComparison.Ordinal))
                return null;
            foreach (var property in current.GetMembers().OfType<IPropertySymbol>())
            {
                if (property.IsStatic || property.DeclaredAccessibility != Accessibility.Public)
                    continue;
                if (Owners.Contains(property.Name) && property.Name != named.Name + "Id" && IsKey(property.Type) || Navigations.Contains(property.Name) && property.Name != named.Name && property.Type is INamedTypeSymbol { TypeKind: TypeKind.Class, SpecialType: SpecialType.None })
                    return property.Name;
                isAudited |= property.Name is "ModifiedBy" or "LastModifiedBy" or "UpdatedBy" or "LastUpdatedBy" or "LastModifierId" or "ModifiedById";
                if (SymbolEqualityComparer.Default.Equals(current, named) && Makers.Contains(property.Name))
                    maker ??= property.Name;
            }
        }

        // beside who changed it last, who made it is kept for the record
        return changes && !isAudited ? maker : null;
    }

    /// <summary>The class behind a task, a nullable or a list.</summary>
    public static ITypeSymbol? Element(ITypeSymbol? type)
    {
        for (var i = 0; i < 4 && type is INamedTypeSymbol { TypeArguments: [var argument] } generic && generic.DeclaringSyntaxReferences.IsEmpty; i++)
            type = argument;
        return type is IArrayTypeSymbol array ? array.ElementType : type;
    }

    private static bool IsKey(ITypeSymbol type) => type.SpecialType is SpecialType.System_String or SpecialType.System_Int32 or SpecialType.System_Int64 || type.Is("System.Guid") || type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable && IsKey(nullable.TypeArguments[0])
        || type.TypeKind == TypeKind.Struct && !type.DeclaringSyntaxReferences.IsEmpty;
}
